import type { ManifestObject } from '../manifests/ManifestObject';
import type { TargetPolicies } from './TargetPolicy';

/**
 * What is known of the place where manifests are applied. All of it is
 * optional; what is known makes the lint sharper.
 *
 * @public
 */
export interface LintContext {
  /** Default: `cluster.local`. */
  clusterDomain?: string;
  /** `1.30` to `1.37`. Default: unknown; what only some versions accept is a note. */
  kubernetesVersion?: string;
  /** Names of environments, which mark directories. Default: none, labels alone decide. */
  environments?: string[];
  /** What applies the manifests. Default: unknown. */
  deployer?: 'argo-cd' | 'flux' | 'kubectl';
  /** What stands between clients and Services. Default: unknown. */
  gateway?: 'envoy-gateway';
  /** What a kustomization around the manifests does to them. Default: nothing. */
  kustomize?: { namePrefixOrSuffix?: boolean; commonLabels?: boolean };
  /** Ranges of the cluster's Pods, nodes and Services, such as `10.96.0.0/12`. Default: unknown. */
  clusterRanges?: string[];
  /** What the organisation allows as targets. Default: everything. */
  policies?: TargetPolicies;
  /** The objects that the cluster holds now. Default: unknown. */
  existing?: ManifestObject[];
}
