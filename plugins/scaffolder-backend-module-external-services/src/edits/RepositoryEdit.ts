import { InputError } from '@backstage/errors';
import {
  type EditFile,
  editManifests,
  type EditOptions,
  type ManifestChange,
  parseManifests,
} from '@external-services/backstage-plugin-external-services-common/yaml';
import type { ManifestObject } from '@external-services/backstage-plugin-external-services-common';
import { posix } from 'node:path';
import { identityOf } from '../changes/documents';
import { findKustomization } from '../changes/findKustomization';
import type {
  DeclaredService,
  RepositoryFiles,
} from '../changes/RepositoryFiles';
import { lineDiff } from '../changes/lineDiff';
import { code, filesMarkdown } from '../report/markdown';

/**
 * Changes of the manifests of a repository, one after the other, kept in memory
 * until all of them are known to be possible.
 *
 * @internal
 */
export class RepositoryEdit {
  readonly #before: Map<string, string>;
  readonly #after: Map<string, string>;
  readonly #options: EditOptions;

  /** @param files - what the portal reads of the repository */
  static async of(
    repository: RepositoryFiles,
    files: string[],
    options: EditOptions,
  ): Promise<RepositoryEdit> {
    const contents = await Promise.all(
      files.map(async path => ({
        path,
        content: await repository.readable(path),
      })),
    );
    // What lists the files has to follow when one goes.
    const kustomizations = await Promise.all(
      foldersAround(files).map(folder => findKustomization(folder, repository)),
    );
    const all = [...contents, ...kustomizations.flatMap(file => file ?? [])];
    return new RepositoryEdit(
      new Map(all.map(({ path, content }) => [path, content])),
      options,
    );
  }

  private constructor(before: Map<string, string>, options: EditOptions) {
    this.#before = before;
    this.#after = new Map(before);
    this.#options = options;
  }

  /**
   * Applies one change to what the changes before it left.
   *
   * @throws InputError when it cannot be made safely, with the reason and the
   * YAML to write by hand
   */
  apply(change: ManifestChange): void {
    const files = [...this.#after].map(([path, content]) => ({
      path,
      content,
    }));
    const result = editManifests(files, change, this.#options);
    if (result.status === 'refused') {
      throw new InputError(
        [result.message, wantedText(result.wanted)].filter(Boolean).join('\n'),
      );
    }
    if (result.status === 'edited') {
      result.changed.forEach(({ path, content }) =>
        this.#after.set(path, content),
      );
      result.deleted.forEach(path => this.#after.delete(path));
    }
  }

  /** All files as they were. */
  get filesBefore(): EditFile[] {
    return [...this.#before].map(([path, content]) => ({ path, content }));
  }

  /** All files as they will be. */
  get filesAfter(): EditFile[] {
    return [...this.#after].map(([path, content]) => ({ path, content }));
  }

  /** Objects that the files held before and hold no more. */
  get gone(): ManifestObject[] {
    return [...this.#before].flatMap(([path, before]) => {
      const after = this.#after.get(path) ?? '';
      if (after === before) {
        return [];
      }
      const left = parseManifests(after, path).objects.map(({ manifest }) =>
        identityOf(manifest),
      );
      return parseManifests(before, path).objects.filter(
        ({ manifest }) => !left.includes(identityOf(manifest)),
      );
    });
  }

  /** Files with other bytes than before, and their new content. */
  get changed(): EditFile[] {
    return [...this.#after]
      .filter(([path, content]) => this.#before.get(path) !== content)
      .map(([path, content]) => ({ path, content }));
  }

  /** Files that hold nothing any more. */
  get deleted(): string[] {
    return [...this.#before.keys()].filter(path => !this.#after.has(path));
  }

  /** The changed lines of each file, as Markdown. */
  get diffText(): string {
    const diffs = this.changed.map(({ path, content }) => ({
      path,
      content: lineDiff(path, this.#before.get(path) ?? '', content),
    }));
    return [
      filesMarkdown(diffs, 'diff'),
      ...this.deleted.map(path => `${code(path)} is deleted.`),
    ]
      .filter(Boolean)
      .join('\n\n');
  }
}

/** What tells one variant of a service from another. */
export function selectorOf({ service }: DeclaredService) {
  const { name, namespace, environment } = service;
  return {
    name,
    namespace: namespace ?? null,
    environment: environment ?? null,
  };
}

/** The folders of files, and those that these are in. */
function foldersAround(files: string[]): string[] {
  const folders = new Set<string>();
  for (const file of files) {
    let folder = posix.dirname(file);
    while (!folders.has(folder)) {
      folders.add(folder);
      folder = posix.dirname(folder);
    }
  }
  return [...folders];
}

function wantedText(wanted?: EditFile[]): string | undefined {
  return wanted?.length
    ? `What it should say:\n${wanted
        .map(({ path, content }) => `# ${path}\n${content}`)
        .join('\n')}`
    : undefined;
}
