/**
 * Reading and writing manifests as YAML: the part that carries a parser.
 *
 * @packageDocumentation
 */
export * from '../edit/applyFix';
export * from '../edit/EditOptions';
export * from '../edit/EditResult';
export * from '../edit/editManifests';
export { listInKustomization } from '../edit/listInKustomization';
export * from '../edit/ManifestChange';
export * from './limits';
export * from './parseManifests';
export * from './renderFiles';
export { stringifyManifests } from './stringifyManifests';
