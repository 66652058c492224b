/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('declared_names', table => {
    table.comment('Which file declares Services of which name');
    table.string('source_id').notNullable();
    table.string('path', 1024).notNullable();
    table.string('name').notNullable().index();
    table.primary(['source_id', 'path', 'name']);
    table
      .foreign(['source_id', 'path'])
      .references(['source_id', 'path'])
      .inTable('manifest_files')
      .onDelete('CASCADE');
  });
  await knex.schema.createTable('removed_names', table => {
    table.comment('Names that a repository declared until lately');
    table
      .string('source_id')
      .notNullable()
      .references('id')
      .inTable('sources')
      .onDelete('CASCADE');
    table.string('name').notNullable();
    table.bigInteger('removed_at').notNullable().comment('Milliseconds');
    table.primary(['source_id', 'name']);
  });
  // Repositories are read again, which fills the first.
  await knex('manifest_files').update({ hash: '' });
  await knex('sources')
    .where('kind', 'repository')
    .update({ cursor: null, next_due: 0 });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('removed_names');
  await knex.schema.dropTable('declared_names');
};
