import { isObject, type UntypedObject } from '../../manifests/reading';
import { alignNodes } from './alignNodes';
import { type AddedPart, blockSplices, type Part } from './blockSplices';
import { flowSplices } from './flowSplices';
import { NotEditableError } from './NotEditableError';
import { applySplices, type Splice } from './Splice';
import { detectStyle } from './TextStyle';
import { columnOf } from './textLines';
import {
  type Entry,
  type Item,
  type MappingNode,
  type ScalarNode,
  type SequenceNode,
  type YamlNode,
} from './YamlTree';
import { YamlWriter } from './YamlWriter';
import { matches } from './yamlValue';

class YamlPatch {
  readonly splices: Splice[] = [];
  private readonly writer: YamlWriter;

  constructor(private readonly text: string, root: YamlNode) {
    this.writer = new YamlWriter(text, detectStyle(text, root));
  }

  change(node: YamlNode, wanted: unknown, inFlow: boolean): void {
    if (matches(node, wanted)) {
      return;
    }
    if (node.kind === 'mapping' && isObject(wanted)) {
      this.changeMapping(node, wanted);
    } else if (node.kind === 'sequence' && Array.isArray(wanted)) {
      this.changeSequence(node, wanted);
    } else if (node.kind === 'scalar' && !isCollection(wanted)) {
      this.changeScalar(node, wanted, inFlow);
    } else {
      // Another kind of value has to be written anew, and only its field knows where.
      throw new NotEditableError(node.start);
    }
  }

  private changeScalar(
    node: ScalarNode,
    wanted: unknown,
    inFlow: boolean,
  ): void {
    if (node.start === node.end) {
      const text = ` ${this.writer.scalar(wanted, inFlow)}`;
      this.splices.push({ start: node.start, end: node.end, text });
    } else if (node.style === 'block') {
      this.changeBlockScalar(node, wanted);
    } else {
      const quote = node.style === 'plain' ? 0 : 1;
      const like = typeof node.value === 'string' ? node : undefined;
      this.splices.push({
        start: node.contentStart - quote,
        end: node.contentEnd + quote,
        text: this.writer.scalar(wanted, inFlow, like),
      });
    }
  }

  /** A single line under `|` or `>` is exchanged; several are a text that somebody laid out. */
  private changeBlockScalar(node: ScalarNode, wanted: unknown): void {
    const content = this.text.slice(node.contentStart, node.contentEnd);
    const indentation = content.length - content.trimStart().length;
    if (
      typeof wanted !== 'string' ||
      wanted !== wanted.trim() ||
      /[\r\n]/.test(content) ||
      node.value !== content.trim()
    ) {
      throw new NotEditableError(node.start);
    }
    this.splices.push({
      start: node.contentStart + indentation,
      end: node.contentEnd,
      text: wanted,
    });
  }

  private changeMapping(node: MappingNode, wanted: UntypedObject): void {
    const indexes = new Map(node.entries.map(({ name }, i) => [name, i]));
    for (const entry of node.entries) {
      if (Object.hasOwn(wanted, entry.name)) {
        this.changeField(node, entry, wanted[entry.name]);
      }
    }
    const parts = node.entries.map(entry => ({
      start: entry.key.start,
      end: entry.node.end,
      kept: Object.hasOwn(wanted, entry.name),
    }));
    const column = columnOf(this.text, parts[0]?.start ?? node.start);
    const added: AddedPart[] = [];
    let after = -1;
    for (const [name, value] of Object.entries(wanted)) {
      const index = indexes.get(name);
      if (index === undefined) {
        added.push({ after, text: this.newField(node, name, value, column) });
      } else {
        after = Math.max(after, index);
      }
    }
    this.replaceParts(node, parts, added);
  }

  private newField(
    { flow }: MappingNode,
    name: string,
    value: unknown,
    column: number,
  ): string {
    return flow
      ? `${this.writer.key(name)}: ${this.writer.inFlow(value, column)}`
      : this.writer.entry(name, value, column);
  }

  private changeField(
    mapping: MappingNode,
    { name, key, colon, node }: Entry,
    wanted: unknown,
  ): void {
    if (matches(node, wanted)) {
      return;
    }
    if (canBeChanged(node, wanted)) {
      this.change(node, wanted, mapping.flow);
      return;
    }
    const column = columnOf(this.text, key.start);
    const field = this.newField(mapping, name, wanted, column);
    this.splices.push({
      start: colon + 1,
      end: node.end,
      text: field.slice(this.writer.key(name).length + 1),
    });
  }

  private changeSequence(node: SequenceNode, wanted: unknown[]): void {
    const steps = alignNodes(node.items, wanted);
    const parts = node.items.map(item => ({
      start: item.dash,
      end: item.node.end,
      kept: true,
    }));
    const column = columnOf(this.text, parts[0]?.start ?? node.start);
    const added: AddedPart[] = [];
    let after = -1;
    for (const step of steps) {
      if (step.kind === 'delete') {
        parts[step.from].kept = false;
      } else if (step.kind === 'insert') {
        const like = node.items[Math.max(0, after)];
        const text = this.newItem(node, wanted[step.to], column, like);
        added.push({ after, text });
      } else {
        if (step.kind === 'change') {
          this.change(node.items[step.from].node, wanted[step.to], node.flow);
        }
        after = step.from;
      }
    }
    this.replaceParts(node, parts, added);
  }

  private newItem(
    { flow }: SequenceNode,
    value: unknown,
    column: number,
    like?: Item,
  ): string {
    return flow
      ? this.writer.inFlow(value, column, like?.node)
      : this.writer.item(value, column, this.gapOf(like), like?.node);
  }

  /** Characters from a dash to its value. */
  private gapOf(item: Item | undefined): number {
    const between = item
      ? this.text.slice(item.dash + 1, item.node.start)
      : ' ';
    return /^ +$/.test(between) ? between.length + 1 : 2;
  }

  private replaceParts(
    node: MappingNode | SequenceNode,
    parts: Part[],
    added: AddedPart[],
  ): void {
    if (added.length > 0 || parts.some(({ kept }) => !kept)) {
      this.splices.push(
        ...(node.flow
          ? flowSplices(this.text, node, parts, added)
          : blockSplices(this.text, parts, added, this.writer.newline)),
      );
    }
  }
}

/**
 * The text after its document was changed to say `wanted`: what says it already
 * stays as it is. New fields stand where `wanted` has them, after the field
 * before. The text has to end with a line break.
 *
 * Throws NotEditableError where the text offers no safe place.
 */
export function patchYaml(
  text: string,
  root: YamlNode,
  wanted: unknown,
): string {
  const patch = new YamlPatch(text, root);
  patch.change(root, wanted, false);
  return applySplices(text, patch.splices);
}

/** Whether a field's value can be changed where it stands, and need not be written anew. */
function canBeChanged(node: YamlNode, wanted: unknown): boolean {
  if (node.kind === 'scalar' || !isCollection(wanted)) {
    return node.kind === 'scalar' && !isCollection(wanted);
  }
  const sameKind = Array.isArray(wanted) === (node.kind === 'sequence');
  // Nothing can be written in brackets alone.
  return sameKind && (node.flow || Object.keys(wanted).length > 0);
}

function isCollection(value: unknown): value is unknown[] | UntypedObject {
  return Array.isArray(value) || isObject(value);
}
