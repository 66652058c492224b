import { readFile } from 'node:fs/promises';
import { load } from 'js-yaml';
import { asZone, Zone } from './Zone';

/**
 * Reads a zone file: YAML, names mapped to records.
 *
 * @throws Error that names the file and what is wrong in it
 * @public
 */
export async function readZoneFile(path: string): Promise<Zone> {
  try {
    return asZone(load(await readFile(path, 'utf8')));
  } catch (error) {
    throw new Error(`${path}: ${(error as Error).message}`);
  }
}
