import type { z as zod } from 'zod/v3';
import { PROTOCOL_IDS } from '../service/protocols';
import { port, targets, writingInput, writingOutput } from './sharedSchema';

type Z = typeof zod;

const morePort = (z: Z) =>
  z.object({
    name: z.string({ description: 'Name of the port.' }).optional(),
    port: port(z, 'The port the app uses.'),
    targetPort: port(z, 'Addresses only. Default: the port.').optional(),
    protocol: z
      .enum(['TCP', 'UDP', 'SCTP'], { description: 'Default: TCP.' })
      .optional(),
    appProtocol: z
      .string({ description: 'Application protocol, such as `https`.' })
      .optional(),
  });

/**
 * Input and output of `external-service:generate`. The scaffolder makes JSON
 * Schema of it and nothing more: what a value has to be beyond its type is
 * checked in the handler, with messages for people.
 *
 * @internal
 */
export const generateSchema = {
  input: {
    kind: (z: Z) =>
      z.enum(['dns', 'addresses'], {
        description:
          'What the target is known by: a DNS name (`dns`) or IP addresses (`addresses`).',
      }),
    targets: (z: Z) =>
      targets(
        z,
        'Where it leads: by environment (`{ dev: db.dev.example.com }`, an empty one is left out), or one value for all environments. Addresses as a list or as text with one on each line.',
      ),
    protocol: (z: Z) =>
      z.enum(PROTOCOL_IDS, {
        description:
          'What the app speaks. Sets the port and lets us warn about certificates.',
      }),
    port: (z: Z) =>
      port(
        z,
        "The port the app uses. Default: the protocol's usual port.",
      ).optional(),
    name: (z: Z) =>
      z
        .string({
          description:
            'Name in the cluster. Default: from the target, `db.example.com` becomes `external-db`.',
        })
        .optional(),
    namespace: (z: Z) =>
      z
        .string({
          description: 'Namespace. Default: none, the deployment sets it.',
        })
        .optional(),
    headless: (z: Z) =>
      z
        .boolean({
          description:
            'Addresses only: the app gets the addresses themselves and chooses one. Default: false.',
        })
        .optional(),
    endpoints: (z: Z) =>
      z
        .enum(['EndpointSlice', 'Endpoints'], {
          description:
            'Addresses only: the form of the address list. Default: EndpointSlice; Endpoints is for clusters with kube-dns.',
        })
        .optional(),
    targetPort: (z: Z) =>
      port(
        z,
        'Addresses only: the port the target listens on. Default: the port.',
      ).optional(),
    morePorts: (z: Z) =>
      z
        .union([z.string(), z.array(morePort(z))], {
          description:
            'Ports beside the first one: a list, or text with one on each line, such as `admin 9090`, `admin 9090:9091` (another port at the target) or `admin 9090/udp`. Default: none.',
        })
        .optional(),
    hostnames: (z: Z) =>
      z
        .record(z.string(), {
          description:
            'With `headless` only: names of single addresses (`{ 203.0.113.1: db-0 }`), so that `db-0.<name>` leads to that one. Default: none.',
        })
        .optional(),
    sessionAffinity: (z: Z) =>
      z
        .object(
          {
            timeoutSeconds: port(
              z,
              'Seconds that a client may be silent for. Default: 10800.',
            ).optional(),
          },
          {
            description:
              'Addresses only, not with `headless`: keeps the connections of one client on one address. Default: none.',
          },
        )
        .optional(),
    publishNotReadyAddresses: (z: Z) =>
      z
        .boolean({
          description:
            "Addresses only: asks what reads the Service, such as a mesh, to use addresses that are not ready too; kube-proxy and the cluster's DNS do not look at it. Default: false.",
        })
        .optional(),
    labels: (z: Z) =>
      z
        .record(z.string(), {
          description: 'Labels of all objects. Default: our own alone.',
        })
        .optional(),
    annotations: (z: Z) =>
      z
        .record(z.string(), {
          description: 'Annotations of the Service. Default: our own alone.',
        })
        .optional(),
    linterAnnotations: (z: Z) =>
      z
        .boolean({
          description:
            'Adds the annotations that keep kube-linter and kube-score from failing a Service that rightly has no selector. Default: false.',
        })
        .optional(),
    layout: (z: Z) =>
      z
        .enum(['single-file', 'file-per-service', 'per-environment'], {
          description:
            'How services are spread over files. Default: as the folder is today, else a folder for each environment.',
        })
        .optional(),
    kustomization: (z: Z) =>
      z
        .boolean({
          description:
            'Lists the files in the `kustomization.yaml` of their folders, and starts one where there is none. Default: false.',
        })
        .optional(),
    folder: (z: Z) =>
      z
        .string({
          description:
            "Folder of the manifests, relative to the repository's root. Default: `external-services`.",
        })
        .optional(),
    manifests: (z: Z) =>
      z
        .array(z.string(), {
          description:
            'Files, folders and globs that the portal reads (from `external-service:locate`). Default: the folder.',
        })
        .optional(),
    catalogInfoPath: (z: Z) =>
      z
        .string({
          description:
            "The entity's file, relative to the repository's root; it is changed only if the portal would not read the new files otherwise. Default: it stays as it is.",
        })
        .optional(),
    entityRef: (z: Z) =>
      z
        .string({
          description:
            'The component the service belongs to; becomes part of its identity. Default: none.',
        })
        .optional(),
    title: (z: Z) =>
      z
        .string({
          description:
            'What people call the component. Default: its entity reference.',
        })
        .optional(),
    kubernetesId: (z: Z) =>
      z
        .string({
          description:
            'Value of the label `backstage.io/kubernetes-id`. Default: no such label.',
        })
        .optional(),
    repositoryPath: (z: Z) =>
      z
        .string({
          description:
            'Folder of the workspace that the repository was fetched to. Default: none, the repository is new.',
        })
        .optional(),
    ...writingInput,
    overwrite: (z: Z) =>
      z
        .boolean({
          description:
            'Overwrites hand edits, and services of the same name, in files that this action wrote. Default: false.',
        })
        .optional(),
  },
  output: {
    ...writingOutput,
    keptFiles: (z: Z) =>
      z.array(z.object({ path: z.string(), diff: z.string() }), {
        description:
          'Files of ours that were edited by hand and kept, with what the template would change.',
      }),
    name: (z: Z) => z.string({ description: 'Name in the cluster.' }),
    fullName: (z: Z) =>
      z.string({
        description:
          'The name an app uses; just the name while the namespace is unknown.',
      }),
    inClusterNames: (z: Z) =>
      z.array(z.string(), { description: 'All names an app can use.' }),
    namespace: (z: Z) =>
      z.string({ description: 'Namespace, when it is known.' }).optional(),
    configurationText: (z: Z) =>
      z.string({ description: 'Markdown: name and port for the app.' }),
  },
};
