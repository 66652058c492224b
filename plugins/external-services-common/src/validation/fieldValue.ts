import { isObject } from '../manifests/reading';

type Step = string | number;

/** `spec`, `.ports`, `[1]`, `[example.com/key]` */
const STEP = /^(?:\.?([^.[\]]+)|\[([^\]]+)\])/;

/** The fields and indexes that lead to a field; undefined when the path is malformed. */
function stepsOf(path: string): Step[] | undefined {
  const steps: Step[] = [];
  let rest = path;
  while (rest !== '') {
    const [whole, field, inBrackets] = STEP.exec(rest) ?? [];
    if (whole === undefined) {
      return undefined;
    }
    const isIndex = inBrackets !== undefined && /^\d+$/.test(inBrackets);
    steps.push(isIndex ? Number(inBrackets) : field ?? inBrackets);
    rest = rest.slice(whole.length);
  }
  return steps;
}

/** The value at a field path; undefined when there is none. */
export function valueAt(manifest: unknown, path: string): unknown {
  return stepsOf(path)?.reduce<unknown>(childOf, manifest);
}

function childOf(value: unknown, step: Step): unknown {
  if (typeof step === 'number') {
    return Array.isArray(value) ? value[step] : undefined;
  }
  return isObject(value) && Object.hasOwn(value, step)
    ? value[step]
    : undefined;
}

/** Fields that stand before others; the rest are added behind what is there. */
const AHEAD = ['apiVersion', 'kind', 'metadata', 'addressType'];

/**
 * The manifest with another value at a field path; undefined takes the field
 * out. Maps on the way are made. A path through what is no map or list changes
 * nothing.
 */
export function withValueAt<T>(manifest: T, path: string, value: unknown): T {
  const steps = stepsOf(path);
  return (steps ? changed(manifest, steps, value) : manifest) as T;
}

function changed(node: unknown, steps: Step[], value: unknown): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) {
    return value;
  }
  if (typeof step === 'number') {
    return Array.isArray(node)
      ? node.flatMap((item, index) => {
          const after = index === step ? changed(item, rest, value) : item;
          return after === undefined ? [] : [after];
        })
      : node;
  }
  if (node !== undefined && node !== null && !isObject(node)) {
    return node;
  }
  const map = node ?? {};
  const child = changed(childOf(map, step), rest, value);
  const others = Object.entries(map).filter(([name]) => name !== step);
  if (child === undefined) {
    return Object.fromEntries(others);
  }
  if (Object.hasOwn(map, step)) {
    return { ...map, [step]: child };
  }
  const place = placeFor(step, others);
  return Object.fromEntries([
    ...others.slice(0, place),
    [step, child],
    ...others.slice(place),
  ]);
}

function placeFor(name: string, fields: [string, unknown][]): number {
  // A port is read by its name first.
  if (name === 'name') {
    return 0;
  }
  const rank = AHEAD.indexOf(name);
  return rank < 0
    ? fields.length
    : fields.findLastIndex(([field]) => AHEAD.slice(0, rank).includes(field)) +
        1;
}
