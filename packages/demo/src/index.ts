/**
 * The parts of the demo and of the tests that stand for the outside world: a
 * Git host, a DNS server and clusters, all on loopback.
 *
 * @packageDocumentation
 */
export * from './clusters/ClusterExample';
export * from './clusters/DemoCluster';
export * from './clusters/DemoClusters';
export * from './dns/DnsServer';
export * from './dns/readZoneFile';
export * from './dns/Zone';
export * from './git/BareRepository';
export * from './git/commitChanges';
export * from './git/GitRepositories';
export * from './git/GitStore';
export * from './git/mergeBranch';
export * from './git/PullRequests';
export * from './GitHost';
