/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('cluster_objects', table => {
    table.comment('What clusters run that may belong to external services');
    table
      .string('source_id')
      .notNullable()
      .references('id')
      .inTable('sources')
      .onDelete('CASCADE');
    table.string('kind').notNullable();
    table.string('namespace').notNullable();
    table.string('name').notNullable();
    table.string('uid').notNullable();
    table.string('hash').notNullable();
    table.string('external_id', 512).nullable();
    table.string('entity_ref').nullable().index().comment('Of external_id');
    table.string('kubernetes_id').nullable().index();
    table.string('service').notNullable().comment('Name of its Service');
    table.text('object').notNullable().comment('JSON');
    table.bigInteger('changed_at').notNullable().comment('Milliseconds');
    table.primary(['source_id', 'kind', 'namespace', 'name']);
    table.index(['source_id', 'namespace', 'service']);
  });

  await knex.schema.createTable('replicas', table => {
    table.comment('Which processes share the clusters');
    table.string('holder').primary();
    table.bigInteger('lease_until').notNullable().comment('Milliseconds');
  });

  await knex.schema.alterTable('entity_interests', table => {
    table
      .string('kubernetes_id')
      .nullable()
      .index()
      .comment('backstage.io/kubernetes-id of the entity');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('entity_interests', table => {
    table.dropColumn('kubernetes_id');
  });
  await knex.schema.dropTable('replicas');
  await knex.schema.dropTable('cluster_objects');
};
