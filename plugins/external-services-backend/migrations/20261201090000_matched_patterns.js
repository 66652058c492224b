/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('manifest_files', table => {
    table
      .text('patterns')
      .notNullable()
      .defaultTo('[]')
      .comment('Of all that entities want, what the path matches, JSON');
  });
  // Until a repository is read again, every entity gets what it got before.
  for (const { source_id: sourceId } of await knex('manifest_files').distinct(
    'source_id',
  )) {
    const interests = await knex('entity_interests')
      .where('source_id', sourceId)
      .pluck('interest');
    const wanted = interests.flatMap(interest =>
      JSON.parse(interest).patterns.map(({ path }) => path),
    );
    for (const path of await knex('manifest_files')
      .where('source_id', sourceId)
      .pluck('path')) {
      const patterns = [...new Set(wanted)].filter(
        pattern => /[*?{]/.test(pattern) || isIn(path, pattern),
      );
      await knex('manifest_files')
        .where({ source_id: sourceId, path })
        .update({ patterns: JSON.stringify(patterns) });
    }
  }
};

function isIn(path, pattern) {
  return pattern === '' || path === pattern || path.startsWith(`${pattern}/`);
}

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('manifest_files', table => {
    table.dropColumn('patterns');
  });
};
