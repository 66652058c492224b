/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('cluster_labels', table => {
    table.comment('Labels of the Services of clusters, for selectors');
    table.string('source_id').notNullable();
    table.string('kind').notNullable();
    table.string('namespace').notNullable();
    table.string('name').notNullable();
    table.string('label', 400).notNullable().comment('<key>=<value>');
    table.primary(['source_id', 'kind', 'namespace', 'name', 'label']);
    table.index(['label', 'namespace']);
    table
      .foreign(['source_id', 'kind', 'namespace', 'name'])
      .references(['source_id', 'kind', 'namespace', 'name'])
      .inTable('cluster_objects')
      .onDelete('CASCADE');
  });
  // Clusters are listed again, which fills it.
  await knex('cluster_objects').delete();
  await knex('sources').where('kind', 'cluster').update({ cursor: null });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('cluster_labels');
};
