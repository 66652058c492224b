import { stringify } from 'yaml';

const action = 'external-service:generate';

/** Examples shown in the scaffolder's list of actions. */
export const examples = [
  {
    description: 'Give a database one name in two environments',
    example: stringify({
      steps: [
        {
          id: 'generate',
          name: 'Write the files',
          action,
          input: {
            entityRef: 'component:default/orders',
            kind: 'dns',
            targets: { dev: 'db.dev.example.com', prod: 'db.example.com' },
            protocol: 'postgresql',
            namespace: 'shop',
            repositoryPath: './repository',
            outputPath: './changes',
          },
        },
      ],
    }),
  },
  {
    description: 'Give fixed addresses a name, with another port inside',
    example: stringify({
      steps: [
        {
          id: 'generate',
          name: 'Write the files',
          action,
          input: {
            entityRef: 'component:default/products',
            kind: 'addresses',
            targets: ['203.0.113.1', '203.0.113.2'],
            protocol: 'http',
            port: 80,
            targetPort: 8080,
            name: 'external-api',
            repositoryPath: './repository',
            outputPath: './changes',
          },
        },
      ],
    }),
  },
];
