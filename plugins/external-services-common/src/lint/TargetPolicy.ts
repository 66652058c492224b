/**
 * Which targets an organisation allows. Each entry is a host name, which covers
 * its subdomains too, or a range of addresses such as `203.0.113.0/24`; a single
 * address is a range of one.
 *
 * @public
 */
export interface TargetPolicy {
  /** What none of these covers is forbidden. Default: everything is allowed. */
  allow?: string[];
  /** Forbidden although it is allowed. Default: none. */
  deny?: string[];
  /** A sentence that says whom to ask. Default: none. */
  contact?: string;
}

/**
 * The policies of an organisation. A target has to be allowed by all that hold
 * where it is used: an environment can narrow what holds everywhere, not widen it.
 *
 * @public
 */
export interface TargetPolicies {
  /** Holds in every environment. Default: none. */
  everywhere?: TargetPolicy;
  /** What holds besides in one environment. */
  environments: {
    name: string;
    /** What people call it. Default: the name. */
    title?: string;
    /** Default: none. */
    policy?: TargetPolicy;
  }[];
}
