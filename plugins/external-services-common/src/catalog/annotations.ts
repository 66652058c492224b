/**
 * Entity annotation: where the entity's manifests are. Paths or globs relative
 * to the entity's source location, or `url:` values, separated by commas or new lines.
 *
 * @public
 */
export const MANIFESTS_ANNOTATION = 'external-services/manifests';

/**
 * Manifest annotation: `<entity ref>#<name>`, an identity that survives name
 * prefixes, namespace transforms, Helm and Argo CD.
 *
 * @public
 */
export const ID_ANNOTATION = 'external-services/id';

/**
 * Manifest label: the environment a manifest is for.
 *
 * @public
 */
export const ENVIRONMENT_LABEL = 'external-services/environment';

/**
 * Value of `app.kubernetes.io/managed-by` on everything the product writes.
 *
 * @public
 */
export const MANAGED_BY = 'backstage-external-services';

/**
 * Folder beside the entity's file that is read when the entity has no annotation.
 *
 * @public
 */
export const CONVENTIONAL_FOLDER = 'external-services';

/**
 * Manifest annotation: warnings that were accepted, `<code>: <reason>`, one a line.
 *
 * @public
 */
export const ACCEPT_ANNOTATION = 'external-services/accept';
