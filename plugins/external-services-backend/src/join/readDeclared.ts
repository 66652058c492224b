import {
  collectExternalServices,
  Finding,
  lintManifests,
  ManifestObject,
  validateManifests,
} from '@external-services/backstage-plugin-external-services-common';
import type { ExternalServicesConfig } from '../config/ExternalServicesConfig';
import type { ManifestFile } from '../sources/repository/ManifestStore';
import { memoise } from '../memoise';
import { restoreObject } from '../sources/repository/StoredObject';
import type { DeclaredMapping } from './DeclaredMapping';
import { lintContext } from './lintContext';
import type { RepositoryObservation } from './EntityObservations';
import { shareFindings } from './shareFindings';

/**
 * What one repository declares for an entity.
 *
 * @internal
 */
export interface Declared {
  observation: RepositoryObservation;
  mappings: DeclaredMapping[];
  findingsOf(mapping: DeclaredMapping): Finding[];
  /** Those that belong to no mapping. */
  findings: Finding[];
}

/** Objects that are looked at for one entity: a Service may come with several slices. */
const MAX_OBJECTS = 1_000;

const readFiles = memoise(
  (
    config: ExternalServicesConfig,
    ...files: ManifestFile[]
  ): Omit<Declared, 'observation'> => {
    const changedAt = new Map<ManifestObject, number>();
    const all = files.flatMap(file => file.objects).length;
    const objects = firstObjects(files).flatMap(file =>
      file.objects.map(stored => {
        const object = restoreObject(stored, file.path);
        if (stored.changedAt !== undefined) {
          changedAt.set(object, stored.changedAt);
        }
        return object;
      }),
    );
    const lint = lintContext(config);
    const mappings = collectExternalServices(objects, {
      environments: lint.environments,
    }).map(mapping => {
      const times = mapping.objects.flatMap(
        object => changedAt.get(object) ?? [],
      );
      return {
        ...mapping,
        ...(times.length > 0 && { changedAt: Math.max(...times) }),
      };
    });
    const found = [
      ...validateManifests(objects),
      ...lintManifests(objects, lint),
    ];
    const { findingsOf, others } = shareFindings(found, objects, mappings);
    return {
      mappings,
      findingsOf,
      findings: [
        ...files.flatMap(({ findings }) => findings),
        ...others,
        ...cappedFinding(all),
      ],
    };
  },
);

function firstObjects(files: ManifestFile[]): ManifestFile[] {
  let room = MAX_OBJECTS;
  return files.map(file => {
    const objects = file.objects.slice(0, room);
    room -= objects.length;
    return { ...file, objects };
  });
}

function cappedFinding(all: number): Finding[] {
  return all <= MAX_OBJECTS
    ? []
    : [
        {
          code: 'repository-capped',
          severity: 'warning',
          path: '',
          message: `Only the first ${MAX_OBJECTS} of ${all} objects are looked at; some services are missing here.`,
          hint: 'Spread them over several entities, each with its own files.',
        },
      ];
}

/**
 * Reads what one repository declares for an entity, and checks it.
 *
 * @internal
 */
export function readDeclared(
  observation: RepositoryObservation,
  config: ExternalServicesConfig,
): Declared {
  return { observation, ...readFiles(config, ...observation.files) };
}
