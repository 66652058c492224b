import { z } from 'zod';
import { canonicalIp } from '../kubernetes/ipAddress';
import {
  annotationBytes,
  isAnnotationKey,
  isDns1035Label,
  isDns1123Label,
  isLabelValue,
  isQualifiedName,
  MAX_ANNOTATION_BYTES,
} from '../kubernetes/names';
import { checkAddress } from './checkAddress';
import { checkDnsName } from './checkDnsName';
import { checkPorts, type ValueProblem } from './checkPorts';
import type { ExternalService, Target } from './ExternalService';

/** Bounds against hostile input; far above any real service. */
const MAX_ADDRESSES = 3_000;
const MAX_PORTS = 100;
const MAX_ENVIRONMENTS = 100;

const PORT_MESSAGE = 'Enter a port from 1 to 65535.';
const LABEL_MESSAGE =
  'Use lower-case letters, digits and hyphens; start and end with a letter or digit; at most 63 characters.';

const portNumber = z
  .int(PORT_MESSAGE)
  .min(1, PORT_MESSAGE)
  .max(65535, PORT_MESSAGE);

const portSchema = z.strictObject({
  name: z.string().optional(),
  port: portNumber,
  targetPort: portNumber.optional(),
  protocol: z.enum(['TCP', 'UDP', 'SCTP'], 'Choose TCP, UDP or SCTP.'),
  appProtocol: z.string().optional(),
});

const targetSchema = z
  .strictObject({
    dnsName: z
      .string('Enter a host name, for example db.example.com.')
      .optional(),
    addresses: z
      .array(z.string('Enter an address as text, for example 203.0.113.1.'))
      .max(MAX_ADDRESSES, `Enter at most ${MAX_ADDRESSES} addresses.`)
      .optional(),
    headless: z.boolean('Choose true or false.').optional(),
  })
  .superRefine((target, context) => {
    for (const problem of checkTarget(target)) {
      context.addIssue({ code: 'custom', ...problem });
    }
  });

const portsSchema = z
  .array(portSchema)
  .max(MAX_PORTS, `Enter at most ${MAX_PORTS} ports.`);

const namespaceSchema = z.string().refine(isDns1123Label, LABEL_MESSAGE);

/**
 * Checks an ExternalService before anything is made from it. Unknown fields are
 * errors. Every message says what to write instead, in words for the person who
 * fills the form; it is stricter than the API server (see `checkDnsName`).
 *
 * @public
 */
export const externalServiceSchema = z
  .strictObject({
    name: z
      .string()
      .refine(
        isDns1035Label,
        'Use lower-case letters, digits and hyphens; start with a letter; at most 63 characters.',
      ),
    namespace: namespaceSchema.optional(),
    target: targetSchema.optional(),
    ports: portsSchema,
    labels: z.record(z.string(), z.string()).optional(),
    annotations: z.record(z.string(), z.string()).optional(),
    environments: z
      .record(
        z.string(),
        z.strictObject({
          target: targetSchema.optional(),
          ports: portsSchema.optional(),
          namespace: namespaceSchema.optional(),
        }),
      )
      .optional(),
  })
  .superRefine((service, context) => {
    // The target's own check made sure that it is one of the two forms.
    for (const problem of checkService(service as ExternalService)) {
      context.addIssue({ code: 'custom', ...problem });
    }
  }) as unknown as z.ZodType<ExternalService>;

function checkTarget(target: {
  dnsName?: string;
  addresses?: string[];
  headless?: boolean;
}): ValueProblem[] {
  const { dnsName, addresses } = target;
  if (dnsName !== undefined && addresses !== undefined) {
    const message = 'Give a DNS name or IP addresses, not both.';
    return [{ path: [], message }];
  }
  if (dnsName !== undefined) {
    const message = checkDnsName(dnsName);
    return message ? [{ path: ['dnsName'], message }] : [];
  }
  return checkAddresses(addresses);
}

function checkAddresses(addresses: string[] | undefined): ValueProblem[] {
  if (addresses === undefined) {
    const message =
      'Give a DNS name, for example db.example.com, or IP addresses, for example 203.0.113.1.';
    return [{ path: [], message }];
  }
  if (addresses.length === 0) {
    const message = 'Enter at least one address, for example 203.0.113.1.';
    return [{ path: ['addresses'], message }];
  }
  const seen = new Set<string>();
  return addresses.flatMap((address, index) => {
    const canonical = canonicalIp(address) ?? address;
    const message =
      checkAddress(address) ??
      (seen.has(canonical)
        ? `${address} is listed twice. Remove one.`
        : undefined);
    seen.add(canonical);
    return message ? [{ path: ['addresses', index], message }] : [];
  });
}

function checkService(service: ExternalService): ValueProblem[] {
  const names = Object.keys(service.environments ?? {});
  const problems = [...checkMetadata(service), ...checkEnvironments(names)];
  if (!service.environments) {
    return [...problems, ...checkVariant(service, [], service)];
  }
  return [
    ...problems,
    ...names.flatMap(name =>
      checkVariant(service, ['environments', name], {
        target: service.environments![name].target ?? service.target,
        ports: service.environments![name].ports ?? service.ports,
      }),
    ),
  ];
}

function checkEnvironments(names: string[]): ValueProblem[] {
  if (names.length > MAX_ENVIRONMENTS) {
    const message = `Enter at most ${MAX_ENVIRONMENTS} environments.`;
    return [{ path: ['environments'], message }];
  }
  return names
    .filter(name => !isDns1123Label(name))
    .map(name => ({ path: ['environments', name], message: LABEL_MESSAGE }));
}

function checkVariant(
  service: ExternalService,
  path: string[],
  variant: { target?: Target; ports: ExternalService['ports'] },
): ValueProblem[] {
  if (!variant.target) {
    const message =
      'Give a target: a DNS name or IP addresses, here or for the service itself.';
    return [{ path: [...path, 'target'], message }];
  }
  const own = path.length > 0 && variant.ports !== service.ports ? path : [];
  return checkPorts(variant.ports, variant.target).map(problem => ({
    ...problem,
    path: [...own, 'ports', ...problem.path],
  }));
}

function checkMetadata(service: ExternalService): ValueProblem[] {
  const labels = Object.entries(service.labels ?? {})
    .filter(([key, value]) => !isQualifiedName(key) || !isLabelValue(value))
    .map(([key]) => ({
      path: ['labels', key],
      message:
        'Key and value of a label have letters, digits, hyphens, dots and underscores; at most 63 characters.',
    }));
  const annotations = Object.keys(service.annotations ?? {})
    .filter(key => !isAnnotationKey(key))
    .map(key => ({
      path: ['annotations', key],
      message:
        'The key of an annotation has letters, digits, hyphens, dots and underscores; at most 63 characters, a prefix before a slash aside.',
    }));
  const bytes = annotationBytes(service.annotations ?? {});
  return bytes > MAX_ANNOTATION_BYTES
    ? [
        {
          path: ['annotations'],
          message: `Annotations have at most ${MAX_ANNOTATION_BYTES} bytes in all.`,
        },
      ]
    : [...labels, ...annotations];
}
