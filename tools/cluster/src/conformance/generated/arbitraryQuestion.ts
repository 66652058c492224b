import fc from 'fast-check';
import type { Kind } from '../kinds';
import type { Question } from '../Question';
import { fromJson, toJson, toYaml, YamlNode } from '../YamlNode';
import { mutate, mutationOf } from './mutation';
import { validObject } from './validObject';

const MAX_MUTATIONS = 3;

const questionOf = (kind: Kind): fc.Arbitrary<Question> =>
  fc
    .record({
      object: validObject[kind],
      mutations: fc.array(mutationOf(kind), { maxLength: MAX_MUTATIONS }),
    })
    .map(({ object, mutations }) => {
      const document = mutations.reduce(mutate, fromJson(object));
      return {
        source: 'generated',
        name: kind,
        kind,
        namespace: namespaceIn(document),
        text: toYaml(document),
        value: toJson(document),
      };
    });

/** Valid objects, and valid ones with one to three mutations. */
export const arbitraryQuestion: fc.Arbitrary<Question> = fc.oneof(
  { weight: 2, arbitrary: questionOf('Service') },
  { weight: 1, arbitrary: questionOf('Endpoints') },
  { weight: 1, arbitrary: questionOf('EndpointSlice') },
);

/** The namespace that kubectl would send the document to. */
function namespaceIn(document: YamlNode): string {
  const written = toJson(entryOf(entryOf(document, 'metadata'), 'namespace'));
  return typeof written === 'string' && written !== '' ? written : 'default';
}

function entryOf(node: YamlNode, key: string): YamlNode {
  const entries = 'entries' in node ? node.entries : [];
  return entries.find(([name]) => name === key)?.[1] ?? { token: 'null' };
}
