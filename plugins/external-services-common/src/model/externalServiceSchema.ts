import { z } from 'zod';
import {
  annotationBytes,
  isAnnotationKey,
  isDns1035Label,
  isDns1123Label,
  isLabelValue,
  isQualifiedName,
  MAX_ANNOTATION_BYTES,
} from '../kubernetes/names';
import { checkPorts, type ValueProblem } from './checkPorts';
import { checkTarget, LABEL_MESSAGE } from './checkTarget';
import {
  type ExternalService,
  isDnsTarget,
  type Target,
} from './ExternalService';

/** Bounds against hostile input; far above any real service. */
const MAX_ADDRESSES = 3_000;
const MAX_PORTS = 100;
const MAX_ENVIRONMENTS = 100;

/** Left for the annotations that the product writes itself. */
const OWN_ANNOTATION_BYTES = 2_048;
const MAX_CHOSEN_BYTES = MAX_ANNOTATION_BYTES - OWN_ANNOTATION_BYTES;

const TIMEOUT_MESSAGE = 'Enter seconds from 1 to 86400.';

const PORT_MESSAGE = 'Enter a port from 1 to 65535.';

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
    hostnames: z.record(z.string(), z.string()).optional(),
  })
  .superRefine((target, context) => {
    for (const problem of checkTarget(target)) {
      context.addIssue({ code: 'custom', ...problem });
    }
  });

const portsSchema = z
  .array(portSchema)
  .max(MAX_PORTS, `Enter at most ${MAX_PORTS} ports.`);

const sessionAffinitySchema = z.strictObject({
  timeoutSeconds: z
    .int(TIMEOUT_MESSAGE)
    .min(1, TIMEOUT_MESSAGE)
    .max(86_400, TIMEOUT_MESSAGE)
    .optional(),
});

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
    sessionAffinity: sessionAffinitySchema.optional(),
    publishNotReadyAddresses: z.boolean('Choose true or false.').optional(),
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

function checkService(service: ExternalService): ValueProblem[] {
  const names = Object.keys(service.environments ?? {});
  const problems = [
    ...checkMetadata(service),
    ...checkEnvironments(names),
    ...checkTraffic(service),
  ];
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

/** What has no effect in any environment was meant otherwise. */
function checkTraffic(service: ExternalService): ValueProblem[] {
  const overrides = Object.values(service.environments ?? { all: {} });
  const targets = overrides.flatMap(({ target = service.target }) =>
    target && !isDnsTarget(target) ? [target] : [],
  );
  const problems: ValueProblem[] = [];
  if (service.sessionAffinity && targets.every(({ headless }) => headless)) {
    problems.push({
      path: ['sessionAffinity'],
      message:
        'Only fixed addresses behind one cluster address can keep a client on one of them; a DNS alias and direct addresses cannot. Leave it out.',
    });
  }
  if (service.publishNotReadyAddresses && targets.length === 0) {
    problems.push({
      path: ['publishNotReadyAddresses'],
      message: 'A DNS alias has no addresses of its own. Leave it out.',
    });
  }
  return problems;
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
  return bytes > MAX_CHOSEN_BYTES
    ? [
        {
          path: ['annotations'],
          message: `Annotations have at most ${MAX_CHOSEN_BYTES} bytes in all.`,
        },
      ]
    : [...labels, ...annotations];
}
