export { buildBinaries } from './binaries/buildBinaries';
export type { BuildOptions, BuiltBinary } from './binaries/buildBinaries';
export { findBinaries, requireBinaries } from './binaries/findBinaries';
export type { BinaryName, FoundBinaries } from './binaries/findBinaries';
export { CertificateAuthority } from './certificates/CertificateAuthority';
export type {
  CertificateRequest,
  KeyPair,
} from './certificates/CertificateAuthority';
export { collectionPath } from './conformance/kinds';
export type { Kind } from './conformance/kinds';
export type { AdminCredentials } from './control-plane/AdminCredentials';
export { ApiServerClient } from './control-plane/ApiServerClient';
export type {
  ApiServerAnswer,
  ApiServerRequest,
} from './control-plane/ApiServerClient';
export { ClusterClient } from './control-plane/ClusterClient';
export { ControlPlane } from './control-plane/ControlPlane';
export type { StopOptions } from './control-plane/ControlPlane';
export type { ControlPlaneInfo } from './control-plane/ControlPlaneInfo';
export type { ControlPlaneOptions } from './control-plane/ControlPlaneOptions';
export { kubeconfig } from './control-plane/kubeconfig';
export type {
  ClientCredentials,
  KubeconfigOptions,
} from './control-plane/kubeconfig';
export { startControlPlane } from './control-plane/startControlPlane';
export { InstanceIsRunningError } from './instances/Instance';
