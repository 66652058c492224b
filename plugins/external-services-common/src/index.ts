/**
 * The model, rules and API types shared by the external-services plugins.
 *
 * @packageDocumentation
 */
export * from './api/Check';
export * from './api/ClustersResponse';
export * from './api/FleetResponse';
export * from './api/LineCluster';
export * from './api/Mapping';
export * from './api/MappingsResponse';
export * from './api/RefreshResponse';
export * from './api/Resolution';
export * from './api/SourceStatus';
export * from './catalog/annotations';
export * from './catalog/pathGlob';
export * from './kubernetes/ipAddress';
export * from './kubernetes/names';
export * from './kubernetes/utf8Length';
export type { LintContext } from './lint/LintContext';
export * from './lint/lintManifests';
export * from './lint/readTargetPolicies';
export * from './lint/TargetPolicy';
export * from './locations/repositoryAccess';
export * from './live/diffExternalServices';
export * from './live/Difference';
export * from './live/driftReasons';
export * from './live/keepLive';
export * from './live/leadsIntoCluster';
export * from './live/withoutTools';
export * from './manifests/collectExternalServices';
export * from './manifests/Manifest';
export * from './manifests/ManifestObject';
export * from './manifests/renderManifests';
export * from './manifests/toManifestObject';
export * from './model/checkAddress';
export * from './model/checkDnsName';
export * from './model/ExternalService';
export * from './model/externalServiceSchema';
export * from './model/inClusterName';
export * from './model/normalise';
export * from './model/resolve';
export * from './permissions';
export * from './state/compareStates';
export * from './state/deriveChecks';
export * from './state/DerivedState';
export * from './state/deriveState';
export * from './state/headlineOf';
export * from './state/LineEvidence';
export * from './state/StateCode';
export * from './state/witnessOf';
export type { ClusterFacts } from './validation/ClusterFacts';
export * from './validation/Finding';
export * from './validation/FindingCode';
export { NEWEST_KUBERNETES } from './validation/KubernetesVersion';
export * from './validation/validateManifests';
