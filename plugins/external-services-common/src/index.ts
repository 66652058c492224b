/**
 * The model, rules and API types shared by the external-services plugins.
 *
 * @packageDocumentation
 */
export * from './api/MappingsResponse';
export * from './catalog/annotations';
export * from './manifests/Manifest';
export * from './manifests/ManifestObject';
export * from './model/ExternalService';
export * from './permissions';
export * from './state/StateCode';
export * from './validation/Finding';
