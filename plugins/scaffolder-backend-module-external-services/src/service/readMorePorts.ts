import type { FieldProblem } from './fieldError';
import type { MorePort } from './ServiceRequest';

/** `admin 9090`, `9090`, `admin 9090:9091` (another port at the target), `admin 9090/udp`. */
const PORT = /^(?:(\S+) +)?(\d+)(?::(\d+))?(?:\/(tcp|udp|sctp))?$/i;

/**
 * Reads ports from a text with one on each line; a list is taken as it is.
 *
 * @internal
 */
export function readMorePorts(text: MorePort[] | string | undefined): {
  ports: MorePort[];
  problems: FieldProblem[];
} {
  if (typeof text !== 'string') {
    return { ports: text ?? [], problems: [] };
  }
  const lines = text
    .split('\n')
    .map(line => line.trim().replace(/\s+/g, ' '))
    .filter(Boolean);
  const ports: MorePort[] = [];
  const problems: FieldProblem[] = [];
  for (const [index, line] of lines.entries()) {
    const [match, name, port, targetPort, protocol] = PORT.exec(line) ?? [];
    if (match) {
      ports.push({
        name,
        port,
        targetPort,
        protocol: protocol?.toUpperCase() as MorePort['protocol'],
      });
    } else {
      problems.push({
        field: `morePorts[${index}]`,
        message: `${JSON.stringify(
          line,
        )} is no port. Write a name and a number, for example admin 9090 or admin 9090/udp.`,
      });
    }
  }
  return { ports, problems };
}
