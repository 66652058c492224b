/** What follows one argument after the other. */
class Branch<R> {
  result?: { value: R };
  readonly #byObject = new WeakMap<object, Branch<R>>();
  readonly #byValue = new Map<unknown, Branch<R>>();

  next(argument: unknown): Branch<R> {
    return isObject(argument)
      ? follow(this.#byObject, argument)
      : follow(this.#byValue, argument);
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function follow<K, R>(
  branches: {
    get(key: K): Branch<R> | undefined;
    set(key: K, branch: Branch<R>): unknown;
  },
  key: K,
): Branch<R> {
  const known = branches.get(key);
  if (known) {
    return known;
  }
  const branch = new Branch<R>();
  branches.set(key, branch);
  return branch;
}

/**
 * Remembers what a pure function makes of the same arguments, for as long as the
 * objects among them live. Objects are told apart by identity. Texts and numbers
 * have to come after objects, with which they are forgotten.
 *
 * @internal
 */
export function memoise<A extends unknown[], R>(
  compute: (...args: A) => R,
): (...args: A) => R {
  const root = new Branch<R>();
  return (...args) => {
    const branch = args.reduce<Branch<R>>(
      (reached, argument) => reached.next(argument),
      root,
    );
    branch.result ??= { value: compute(...args) };
    return branch.result.value;
  };
}
