import {
  type CollectedExternalService,
  collectExternalServices,
} from '@external-services/backstage-plugin-external-services-common';
import { parseManifests } from '@external-services/backstage-plugin-external-services-common/yaml';
import { matchesManifests } from '../repository/matchesManifests';
import { fixedFolderOf } from '../repository/ManifestLocation';
import { listFiles } from '../workspace/listFiles';
import { readTextFile } from '../workspace/readTextFile';

/**
 * A service that the repository declares already.
 *
 * @internal
 */
export interface DeclaredService extends CollectedExternalService {
  path: string;
}

/**
 * Reads what the repository has: files on request, and the services of the
 * files that the portal reads.
 *
 * @internal
 */
export class RepositoryFiles {
  /** @param root - folder of the fetched repository; undefined for a new one */
  constructor(private readonly root: string | undefined) {}

  /** The content of a file, undefined when there is none. */
  async read(path: string): Promise<string | undefined> {
    return this.root === undefined ? undefined : readTextFile(this.root, path);
  }

  /** Files that the portal reads. */
  async manifestFiles(manifests: string[]): Promise<string[]> {
    const { root } = this;
    if (root === undefined) {
      return [];
    }
    const folders = [...new Set(manifests.map(fixedFolderOf))];
    const listed = await Promise.all(
      folders.map(folder => listFiles(root, folder)),
    );
    return [...new Set(listed.flat())].filter(path =>
      matchesManifests(manifests, path),
    );
  }

  /** The services in those files; `environments` are names that mark a folder as an environment's. */
  async services(
    paths: string[],
    environments: string[],
  ): Promise<DeclaredService[]> {
    const objects = await Promise.all(
      paths.map(
        async path => parseManifests(await this.readable(path), path).objects,
      ),
    );
    // A Service and its address lists may stand in several files.
    return collectExternalServices(objects.flat(), { environments }).map(
      collected => ({ ...collected, path: collected.objects[0].path ?? '' }),
    );
  }

  /** As `read`, empty where there is nothing that is read for services: no file, a link, one that is too large. */
  async readable(path: string): Promise<string> {
    try {
      return (await this.read(path)) ?? '';
    } catch {
      return '';
    }
  }
}
