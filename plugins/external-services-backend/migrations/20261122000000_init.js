/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('sources', table => {
    table.comment('What there is to do: claimed when due, held under a lease');
    table.string('id').primary().comment('<kind>:<hash of the key>');
    table.string('kind').notNullable();
    table.text('key').notNullable();
    table.string('holder').nullable().comment('The replica that works on it');
    table.bigInteger('lease_until').nullable().comment('Milliseconds');
    table
      .integer('generation')
      .notNullable()
      .defaultTo(0)
      .comment('Counts the claims; a write with an old one is refused');
    table.text('cursor').nullable().comment('Where the next reading goes on');
    table.bigInteger('next_due').notNullable().comment('Milliseconds');
    table.integer('failures').notNullable().defaultTo(0);
    table.bigInteger('checked_at').nullable().comment('Last attempt');
    table.bigInteger('seen_at').nullable().comment('Last success');
    table.text('status').nullable().comment('What came of it, JSON');
    table.index(['kind', 'next_due']);
  });

  await knex.schema.createTable('entity_interests', table => {
    table.comment('Which entity wants which files of which repository');
    table.string('entity_ref').notNullable();
    table.integer('position').notNullable();
    table.string('entity_uid').notNullable();
    table
      .string('source_id')
      .nullable()
      .index()
      .references('id')
      .inTable('sources')
      .onDelete('CASCADE');
    table.text('interest').notNullable().comment('JSON');
    table.bigInteger('updated_at').notNullable();
    table.bigInteger('refreshed_at').nullable().comment('Last refresh by hand');
    table.primary(['entity_ref', 'position']);
  });

  await knex.schema.createTable('manifest_files', table => {
    table.comment('What was read from the files of a repository');
    table
      .string('source_id')
      .notNullable()
      .references('id')
      .inTable('sources')
      .onDelete('CASCADE');
    table.string('path', 1024).notNullable();
    table.string('hash').notNullable();
    table.text('objects').notNullable().comment('JSON');
    table.text('findings').notNullable().comment('JSON');
    table.text('targets').notNullable().comment('Keys of DNS sources, JSON');
    table.primary(['source_id', 'path']);
  });

  await knex.schema.createTable('declared_targets', table => {
    table.comment('Which file declares which DNS target');
    table.string('source_id').notNullable();
    table.string('path', 1024).notNullable();
    table
      .string('target_id')
      .notNullable()
      .index()
      .references('id')
      .inTable('sources');
    table.primary(['source_id', 'path', 'target_id']);
    table
      .foreign(['source_id', 'path'])
      .references(['source_id', 'path'])
      .inTable('manifest_files')
      .onDelete('CASCADE');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('declared_targets');
  await knex.schema.dropTable('manifest_files');
  await knex.schema.dropTable('entity_interests');
  await knex.schema.dropTable('sources');
};
