/** What reading files can find. */
const READING_CODES = [
  'invalid-yaml',
  'duplicate-field',
  'aliases-not-supported',
  'unsupported-tag',
  'too-large',
  'not-utf8',
  'template-skipped',
  'kustomization-skipped',
  'patch-skipped',
  'repository-capped',
  'not-a-repository',
  'no-integration',
] as const;

/** What the API server refuses. */
const VALIDATION_CODES = [
  'wrong-kind',
  'wrong-type',
  'unknown-field',
  'missing-name',
  'invalid-name',
  'invalid-namespace',
  'invalid-label',
  'invalid-annotation',
  'invalid-finalizer',
  'invalid-owner-reference',
  'server-set-field',
  'missing-ports',
  'missing-port-name',
  'invalid-port-name',
  'duplicate-port-name',
  'invalid-port',
  'invalid-target-port',
  'invalid-app-protocol',
  'duplicate-port',
  'missing-external-name',
  'invalid-external-name',
  'not-allowed-for-type',
  'unsupported-value',
  'invalid-cluster-ip',
  'invalid-ip-families',
  'not-in-cluster',
  'invalid-session-affinity',
  'invalid-ip-address',
  'special-ip-address',
  'wrong-ip-family',
  'missing-address-type',
  'missing-addresses',
  'too-many',
  'invalid-hostname',
  'invalid-hint',
  'immutable-field',
] as const;

/** What it accepts, and a careful engineer would not or should know. */
const LINT_CODES = [
  'looks-like-ip',
  'loopback-target',
  'metadata-address',
  'single-label-name',
  'in-cluster-target',
  'unresolvable-name',
  'gateway-refuses-alias',
  'ignored-field',
  'no-endpoints',
  'mixed-endpoints',
  'port-name-mismatch',
  'headless-port',
  'unused-ip-family',
  'local-traffic',
  'traffic-distribution',
  'external-ips',
  'unusable-port',
  'orphan-slice',
  'fqdn-slice',
  'managed-by-controller',
  'hidden-slice',
  'several-addresses',
  'mirroring-limit',
  'not-mirrored',
  'cluster-address',
  'duplicate-object',
  'ignored-change',
  'kustomize-link',
  'kustomize-selector',
  'ports-on-alias',
  'tls-name-mismatch',
  'target-port-mismatch',
  'mapped-twice',
  'deprecated-endpoints',
  'argo-cd-exclusion',
  'deployer-rights',
  'version-dependent',
] as const;

/** What an organisation forbids. */
const POLICY_CODES = ['policy-forbids-target'] as const;

/** Why a cluster runs something else, besides what lint can tell beforehand. */
const DRIFT_CODES = [
  'missing-service',
  'other-identity',
  'renamed-by-deployment',
] as const;

/**
 * All codes of findings, and of reasons for drift. A code is stable; the page `docs/findings/<code>.md` explains it.
 *
 * @public
 */
export const FINDING_CODES = [
  ...READING_CODES,
  ...VALIDATION_CODES,
  ...LINT_CODES,
  ...POLICY_CODES,
  ...DRIFT_CODES,
] as const;

/**
 * Stable code of a finding.
 *
 * @public
 */
export type FindingCode = (typeof FINDING_CODES)[number];
