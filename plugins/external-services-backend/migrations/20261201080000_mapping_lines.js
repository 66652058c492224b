/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  // PostgreSQL sorts texts by a language unless told otherwise; keys sort by bytes.
  const byBytes =
    knex.client.config.client === 'pg' ? 'text collate "C"' : 'text';

  await knex.schema.createTable('observed_entities', table => {
    table.comment('Entities whose services are looked for');
    table.string('entity_ref').primary();
    table.string('entity_uid').notNullable();
    table.string('work_id').notNullable().unique().comment('Of its join');
    table.string('owner').nullable().index();
    table.string('kubernetes_id').nullable().index();
    table.text('annotations').notNullable().comment('JSON');
    table.bigInteger('updated_at').notNullable();
    table.bigInteger('refreshed_at').nullable().comment('Last refresh by hand');
  });

  await knex.schema.createTable('entity_labels', table => {
    table.comment('Labels of which what an entity selects has one');
    table
      .string('entity_ref')
      .notNullable()
      .references('entity_ref')
      .inTable('observed_entities')
      .onDelete('CASCADE');
    table.string('label', 400).notNullable().index().comment('<key>=<value>');
    table.primary(['entity_ref', 'label']);
  });

  await knex.schema.createTable('entity_answers', table => {
    table.comment('What joining an entity came to, besides its lines');
    table
      .string('entity_ref')
      .primary()
      .references('entity_ref')
      .inTable('observed_entities')
      .onDelete('CASCADE');
    table.string('joined_with').notNullable().comment('Configuration, hashed');
    table.string('hash').notNullable();
    table.integer('total').notNullable().comment('Mappings');
    table.text('content').notNullable().comment('JSON');
  });

  await knex.schema.createTable('mapping_lines', table => {
    table.comment('A mapping in an environment: what is searched and sorted');
    table.string('id').primary().comment('The same whenever it is joined');
    table
      .string('entity_ref')
      .notNullable()
      .references('entity_ref')
      .inTable('observed_entities')
      .onDelete('CASCADE');
    table.integer('position').notNullable().comment('Of its mapping');
    table.integer('line_position').notNullable().comment('Within its mapping');
    table.string('hash').notNullable();
    table.specificType('sort_key', byBytes).notNullable().index();
    table.string('state').notNullable();
    table.string('environment').nullable().comment('None: holds in all');
    table.text('search_text').notNullable();
    table.bigInteger('changed_at').notNullable().comment('Milliseconds');
    table.index(['entity_ref', 'position']);
  });

  await knex.schema.createTable('line_contents', table => {
    table.comment('Apart from the rest, which is scanned');
    table
      .string('line_id')
      .primary()
      .references('id')
      .inTable('mapping_lines')
      .onDelete('CASCADE');
    table.text('mapping').notNullable().comment('Without its lines, JSON');
    table.text('line').notNullable().comment('JSON');
    table.text('facts').nullable().comment('What was last known, JSON');
  });

  await knex.schema.createTable('line_targets', table => {
    table.comment('Names and addresses that a line leads to');
    table
      .string('line_id')
      .notNullable()
      .references('id')
      .inTable('mapping_lines')
      .onDelete('CASCADE');
    table.string('way').notNullable().comment('name, alias or address');
    table.specificType('search_key', byBytes).notNullable().index();
    table.primary(['line_id', 'way', 'search_key']);
  });

  await knex.schema.createTable('line_changes', table => {
    table.comment('History of lines; outlives them');
    table.increments('id');
    table.string('line_id').notNullable();
    table.string('entity_ref').notNullable().index();
    table.bigInteger('at').notNullable().index().comment('Milliseconds');
    table.text('before').nullable().comment('JSON; none: it is new');
    table.text('after').nullable().comment('JSON; none: it is gone');
    table.index(['line_id', 'id']);
  });

  await knex.schema.createTable('secrets', table => {
    table.comment('Made here, and the same for all replicas');
    table.string('name').primary();
    table.string('value').notNullable();
  });

  await knex.schema.alterTable('sources', table => {
    table
      .bigInteger('stale_at')
      .nullable()
      .index()
      .comment('When what is known is too old, until that was noticed');
  });
  await knex.schema.alterTable('entity_interests', table => {
    table.dropIndex(['kubernetes_id']);
  });
  await knex.schema.alterTable('entity_interests', table => {
    table.dropColumns('entity_uid', 'kubernetes_id', 'refreshed_at');
  });
  // The catalog is looked through again, which fills the first.
  await knex('sources').where('kind', 'catalog').update({ next_due: 0 });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('entity_interests', table => {
    table.string('entity_uid').notNullable().defaultTo('');
    table.string('kubernetes_id').nullable().index();
    table.bigInteger('refreshed_at').nullable();
  });
  await knex.schema.alterTable('sources', table => {
    table.dropIndex(['stale_at']);
  });
  await knex.schema.alterTable('sources', table => {
    table.dropColumn('stale_at');
  });
  for (const table of [
    'secrets',
    'line_changes',
    'line_targets',
    'line_contents',
    'mapping_lines',
    'entity_answers',
    'entity_labels',
    'observed_entities',
  ]) {
    await knex.schema.dropTable(table);
  }
};
