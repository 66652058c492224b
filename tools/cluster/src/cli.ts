import { parseArgs } from 'node:util';
import { build } from './cli/build';
import { down } from './cli/down';
import { status } from './cli/status';
import { up } from './cli/up';
import { upDetached } from './cli/upDetached';

const USAGE = `A real Kubernetes control plane on this machine (see tools/cluster/README.md)

  yarn cluster up       starts one and keeps it until Ctrl-C or "yarn cluster down"
    --detach            returns when it is ready
    --name NAME         several run side by side under different names (default: default)
    --service-range R   addresses of Services (default: 10.96.0.0/12)
    --compaction D      how often etcd is compacted, 5s (default: 5m)
    --dns-upstream A    DNS server for names outside the cluster, 127.0.0.1:7053 (repeatable)
    --no-dns            without CoreDNS
  yarn cluster down     stops it (--name NAME)
  yarn cluster status   says what runs, and whether the programs are there
  yarn cluster build    builds the programs that are not there yet (needs Go)
`;

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    allowNegative: true,
    options: {
      name: { type: 'string', default: 'default' },
      detach: { type: 'boolean', default: false },
      'service-range': { type: 'string' },
      compaction: { type: 'string' },
      'dns-upstream': { type: 'string', multiple: true },
      dns: { type: 'boolean', default: true },
      help: { type: 'boolean', default: false },
    },
  });
  const [command, ...rest] = positionals;
  if (values.help || rest.length > 0) return usage(values.help ? 0 : 2);
  switch (command) {
    case 'up':
      if (values.detach) return upDetached();
      return up({
        name: values.name,
        serviceRange: values['service-range'],
        compactionInterval: values.compaction,
        dns: values.dns,
        dnsUpstreams: values['dns-upstream'],
      });
    case 'down':
      return down(values.name);
    case 'status':
      return status();
    case 'build':
      return build();
    default:
      return usage(2);
  }
}

function usage(code: number): number {
  process.stdout.write(USAGE);
  return code;
}

main().then(
  code => {
    process.exitCode = code;
  },
  error => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  },
);
