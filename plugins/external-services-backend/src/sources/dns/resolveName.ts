import type {
  ResolutionFailure,
  ResolvedAddress,
  ResolvedAlias,
} from '@external-services/backstage-plugin-external-services-common';
import type { ServerAddress } from '../../config/ExternalServicesConfig';
import {
  AddressFamily,
  askServer,
  DnsAnswer,
  MalformedAnswerError,
} from './askServer';

/** How often a server is asked that does not answer. */
export const TRIES = 2;

/** Longer chains are taken for ones that do not end. */
const MAX_ALIASES = 8;
const MAX_ADDRESSES = 64;

/**
 * What a viewpoint answered for a name: addresses, or why there are none.
 *
 * @internal
 */
export interface NameAnswer {
  chain: ResolvedAlias[];
  /** At most 64, IPv4 first. */
  addresses: ResolvedAddress[];
  failure?: ResolutionFailure;
  /** The name at the end of the chain that failed. */
  failingName?: string;
  /** True when the viewpoint answers nothing at all, so that nothing is known of the name. */
  unanswered?: true;
}

/** Which failure is told when the families fail differently: the more certain one. */
const FAILURES: ResolutionFailure[] = [
  'alias-loop',
  'no-such-name',
  'server-failed',
  'refused',
  'malformed-answer',
  'no-answer',
  'no-address',
];

/**
 * Asks for the addresses of both families and the chain of aliases to them.
 * Never throws for what DNS does; a failure is part of the answer.
 *
 * @throws the reason of the signal when it aborts
 * @internal
 */
export async function resolveName(
  name: string,
  resolver: { servers: ServerAddress[]; timeoutMs: number },
  signal: AbortSignal,
): Promise<NameAnswer> {
  const families = await Promise.all([
    followChain(name, 'A', resolver, signal),
    followChain(name, 'AAAA', resolver, signal),
  ]);
  const addresses = families
    .flatMap(family => family.addresses)
    .slice(0, MAX_ADDRESSES);
  if (addresses.length > 0) {
    const [good] = families.filter(family => family.addresses.length > 0);
    return { chain: good.chain, addresses };
  }
  return families.reduce((worst, family) =>
    rank(family) < rank(worst) ? family : worst,
  );
}

async function followChain(
  name: string,
  type: AddressFamily,
  resolver: Parameters<typeof resolveName>[1],
  signal: AbortSignal,
): Promise<NameAnswer> {
  const chain: ResolvedAlias[] = [];
  const failed = (failure: ResolutionFailure, failingName: string) => ({
    chain,
    addresses: [],
    failure,
    failingName,
  });
  const seen = new Set([name]);
  let current = name;
  // A recursive server sends the whole chain at once; others send a part of it.
  for (let questions = 0; questions <= MAX_ALIASES; questions += 1) {
    const asked = current;
    const answer = await ask({ name: current, type }, resolver, signal);
    if ('failure' in answer) {
      return failed(answer.failure, current);
    }
    const aliases = aliasesIn(answer.packet);
    for (
      let alias = aliases.get(current);
      alias;
      alias = aliases.get(current)
    ) {
      chain.push(alias);
      current = alias.target;
      if (seen.has(current) || chain.length > MAX_ALIASES) {
        return failed('alias-loop', current);
      }
      seen.add(current);
    }
    const addresses = addressesIn(answer.packet, current, type);
    if (addresses.length > 0) {
      return { chain, addresses };
    }
    if (answer.packet.rcode === 'NXDOMAIN') {
      return failed('no-such-name', current);
    }
    // A server that resolves for us has said all; another one may have stopped midway.
    if (current === asked || answer.packet.flag_ra) {
      return failed('no-address', current);
    }
  }
  return failed('alias-loop', current);
}

type Asked = { packet: DnsAnswer } | { failure: ResolutionFailure };

/** Asks each server in turn, twice at most, until one answers the question. */
async function ask(
  question: { name: string; type: AddressFamily },
  { servers, timeoutMs }: Parameters<typeof resolveName>[1],
  signal: AbortSignal,
): Promise<Asked> {
  let failure: ResolutionFailure = 'no-answer';
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    for (const server of servers) {
      const timeout = AbortSignal.timeout(timeoutMs);
      try {
        const packet = await askServer(
          server,
          question,
          AbortSignal.any([signal, timeout]),
        );
        const refusal = failureOf(packet);
        if (!refusal) {
          return { packet };
        }
        failure = refusal;
      } catch (error) {
        signal.throwIfAborted();
        failure =
          error instanceof MalformedAnswerError ? 'malformed-answer' : failure;
      }
    }
  }
  return { failure };
}

function failureOf({ rcode }: DnsAnswer): ResolutionFailure | undefined {
  switch (rcode) {
    case 'NOERROR':
    case 'NXDOMAIN':
      return undefined;
    case 'REFUSED':
      return 'refused';
    default:
      return 'server-failed';
  }
}

function aliasesIn({ answers = [] }: DnsAnswer): Map<string, ResolvedAlias> {
  const aliases = new Map<string, ResolvedAlias>();
  for (const record of answers) {
    if (record.type === 'CNAME') {
      const name = canonical(record.name);
      aliases.set(name, {
        name,
        target: canonical(record.data),
        ttl: record.ttl ?? 0,
      });
    }
  }
  return aliases;
}

function addressesIn(
  { answers = [] }: DnsAnswer,
  name: string,
  type: AddressFamily,
): ResolvedAddress[] {
  return answers.flatMap(record =>
    record.type === type && canonical(record.name) === name
      ? [{ address: String(record.data), ttl: record.ttl ?? 0 }]
      : [],
  );
}

function canonical(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}

function rank({ failure }: NameAnswer): number {
  return failure ? FAILURES.indexOf(failure) : FAILURES.length;
}
