import { HumanDuration } from '@backstage/types';

/** Which targets are allowed. */
export interface TargetPolicyConfig {
  /**
   * Host names, each with its subdomains, and ranges of addresses such as
   * `203.0.113.0/24`. What none of them covers is forbidden. Default: everything is allowed.
   */
  allow?: string[];
  /** The same for what is forbidden although it is allowed. Default: none. */
  deny?: string[];
  /** A sentence that says whom to ask. Default: none. */
  contact?: string;
}

export interface Config {
  /** External services: names inside the cluster for what runs outside of it. */
  externalServices?: {
    /**
     * The domain of cluster names, the last part of `name.namespace.svc.<domain>`.
     * Default: `cluster.local`.
     */
    clusterDomain?: string;

    /**
     * The environments that mappings can be for, in the order of the screen. Default: none.
     */
    environments?: Array<{
      /** What the label `external-services/environment` or the directory is called. */
      name: string;
      /** What people call it. Default: the name. */
      title?: string;
      /** Namespace of mappings whose file names none. Default: none. */
      namespace?: string;
      /**
       * Name of the resolver that sees what this environment sees. Only where it is
       * set does a failed lookup count as a problem. Default: none.
       */
      resolver?: string;
      /**
       * Names of the clusters that run it. Default: the cluster with the name of the
       * environment, if there is one, else none.
       */
      clusters?: string[];
      /** Production is shown first. Default: true when the name is `prod` or `production`. */
      production?: boolean;
      /**
       * Narrows `policy` for this environment: a target has to be allowed by both. Default: none.
       */
      policy?: TargetPolicyConfig;
    }>;

    /**
     * Which targets the organisation allows, in every environment. A mapping that is
     * for no environment in particular is held against the policies of all. Default: all.
     */
    policy?: TargetPolicyConfig;

    /** What is remembered of changes: of states, targets and addresses. */
    history?: {
      /** What is older is forgotten. Default: 90 days. */
      maxAge?: HumanDuration | string;
      /** Most changes that are remembered of a mapping in an environment. Default: 200. */
      maxPerLine?: number;
    };

    /**
     * The viewpoints that DNS is asked from. Default: one, `portal`, with the
     * DNS servers of the system the backend runs on.
     */
    resolvers?: Array<{
      name: string;
      /** What people call it. Default: the name. */
      title?: string;
      /** `address` or `address:port`, IPv6 as `[address]:port`. Default: the servers of the system. */
      servers?: string[];
      /** How long one try may take; there are two. Default: 2 seconds. */
      timeout?: HumanDuration | string;
    }>;

    /**
     * The clusters that declared mappings are compared with. Those that the Kubernetes
     * plugin knows are read as well, without being named here: directly where
     * `kubernetes.clusterLocatorMethods` of type `config` give a `serviceAccountToken`,
     * else through its proxy. Default: none.
     */
    clusters?: Array<{
      name: string;
      /** What people call it. Default: the name. */
      title?: string;
      /** Path of a kubeconfig. Either this, or `inCluster`, or `kubernetesPlugin`. */
      kubeconfig?: string;
      /** Context of the kubeconfig. Default: its current context. */
      context?: string;
      /** Reads the cluster that the backend runs in, as its service account. */
      inCluster?: boolean;
      /**
       * Reads the cluster that has this name in the Kubernetes plugin, through its proxy.
       * Needed only to name `namespaces`.
       */
      kubernetesPlugin?: boolean;
      /** The only namespaces to look at, for a Role instead of a ClusterRole. Default: all. */
      namespaces?: string[];
    }>;

    /** How clusters are read. */
    clusterSource?: {
      /**
       * Whether clusters that only the Kubernetes plugin has access to are read through
       * its proxy. Default: true where there is a configuration `kubernetes`.
       */
      kubernetesPlugin?: boolean;
      /**
       * Namespaces in which nothing counts as an external service.
       * Default: kube-system, kube-public, kube-node-lease.
       */
      ignoreNamespaces?: string[];
      /**
       * A cluster that was not heard of for longer is shown with the age of what is
       * known; one that cannot be reached is so at once. A quiet API server speaks up
       * once a minute and sometimes after two, and a stream that says nothing is opened
       * again after 130 s, so it should be longer than that. Default: 150 seconds.
       */
      staleAfter?: HumanDuration | string;
      /** How long after a merge a difference counts as being rolled out. Default: 15 minutes. */
      grace?: HumanDuration | string;
    };

    resolution?: {
      /** An answer is asked for again when it ends, but not sooner than this. Default: 30 seconds. */
      minTtl?: HumanDuration | string;
      /**
       * The only domains whose names are looked up, each with all names below it. Anybody
       * who can write a file may have a name looked up, from where the portal stands. Default:
       * all but single labels, names of clusters and special-use names (RFC 6761).
       */
      allow?: string[];
      /** Domains whose names are not looked up although they are allowed. Default: none. */
      deny?: string[];
    };

    reading?: {
      /**
       * Repositories that `url:` values of the annotation `external-services/manifests`
       * may point at. They are read with the integration's token. Default: none.
       */
      allow?: Array<{
        /** Host, with its port when it has one. */
        host: string;
        /** Owners, organisations or groups on that host. */
        owners: string[];
      }>;
    };

    repositories?: {
      /** How often a repository is read when nobody looks. Default: 5 minutes. */
      schedule?: HumanDuration | string;
      /**
       * When somebody looks, a repository is read again if the last reading is older
       * than this, unless that failed. Default: 60 seconds.
       */
      freshFor?: HumanDuration | string;
      /** Most files read from one repository. Default: 200. */
      maxFiles?: number;
      /** Most bytes read from one repository. Default: 1000000. */
      maxBytes?: number;
      /** Longest time one reading may take. Default: 30 seconds. */
      timeout?: HumanDuration | string;
    };

    templates?: {
      /**
       * Software template behind `Add an external service`.
       * Default: `template:default/external-service`.
       */
      add?: string;
      /**
       * Software template behind `Change target…`.
       * Default: `template:default/external-service-retarget`.
       */
      retarget?: string;
      /**
       * Software template behind `Remove…`.
       * Default: `template:default/external-service-remove`.
       */
      remove?: string;
      /**
       * Software template behind `Check the files`.
       * Default: `template:default/external-service-check`.
       */
      check?: string;
    };
  };
}
