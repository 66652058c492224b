/**
 * The newest Kubernetes version whose rules are known.
 *
 * @public
 */
export const NEWEST_KUBERNETES = '1.37';

const OLDEST_MINOR = 30;
const NEWEST_MINOR = 37;

/**
 * The minor version that rules are switched by. A version older or newer than
 * those known (1.30 to 1.37) is treated as the nearest one.
 *
 * Throws an Error when the text is no version.
 */
export function minorVersion(version?: string): number {
  if (version === undefined) {
    return NEWEST_MINOR;
  }
  const minor = /^v?1\.(\d{1,3})(\D.*)?$/.exec(version)?.[1];
  if (minor === undefined) {
    throw new Error(
      `"${version}" is not a Kubernetes version: write it like ${NEWEST_KUBERNETES}`,
    );
  }
  return Math.min(Math.max(Number(minor), OLDEST_MINOR), NEWEST_MINOR);
}
