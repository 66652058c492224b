import { databaseIds, testDatabases } from '../__testUtils__/testDatabases';
import { ManifestFile, ManifestStore } from './ManifestStore';
import { openDatabase } from './openDatabase';
import { SourceStore } from './SourceStore';

describe('ManifestStore', () => {
  const databases = testDatabases();

  it('gives an unchanged file as the same object, and never that of another repository', async () => {
    const knex = await openDatabase({
      getClient: () => databases.init(databaseIds[0]),
    });
    const sources = SourceStore.create(knex);
    await sources.ensure('repository', ['one', 'two']);
    const ids = ['one', 'two'].map(key => SourceStore.idOf('repository', key));
    const store = ManifestStore.create(knex, sources);
    const file = (line: number): ManifestFile => ({
      path: 'a.yaml',
      objects: [{ manifest: { kind: 'Service' }, line, positions: {} }],
      findings: [],
      targets: [],
    });
    const write = (id: string, files: ManifestFile[]) =>
      knex.transaction(transaction =>
        store.write(transaction, id, files, { unread: new Set() }),
      );
    const read = async () => {
      const files = await store.get(ids);
      return ids.map(id => files.get(id)![0]);
    };
    await write(ids[0], [file(1)]);
    await write(ids[1], [file(1)]);

    const [one, two] = await read();
    expect(one).toEqual(file(1));
    expect(two).toEqual(one);
    // Mappings that are read from it are told apart by identity.
    expect(two).not.toBe(one);

    await write(ids[0], [file(2)]);
    const [changed, same] = await read();
    expect(changed).toEqual(file(2));
    expect(same).toBe(two);
  });
});
