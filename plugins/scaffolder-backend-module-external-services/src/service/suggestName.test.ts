import { repairName, suggestName } from './suggestName';

it.each([
  ['db.example.com', 'external-db'],
  ['db', 'external-db'],
  ['postgresql', 'external-postgresql'],
  ['MY_db.example.com', 'external-my-db'],
  [`${'a'.repeat(80)}.example.com`, `external-${'a'.repeat(54)}`],
  [`${'a'.repeat(53)}-b.example.com`, `external-${'a'.repeat(53)}`],
])('suggests a name for %s', (source, name) => {
  expect(suggestName(source)).toBe(name);
});

it.each([
  ['External_DB', 'external-db'],
  ['1st-db-', 'st-db'],
  ['123', undefined],
  ['', undefined],
])('repairs the name %s', (text, name) => {
  expect(repairName(text)).toBe(name);
});
