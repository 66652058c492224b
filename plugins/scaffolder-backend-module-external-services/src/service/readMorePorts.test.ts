import { readMorePorts } from './readMorePorts';

it.each([
  [undefined, []],
  ['', []],
  ['9090', [{ port: '9090' }]],
  [
    'admin 9090\n\n  metrics\t9091 ',
    [
      { name: 'admin', port: '9090' },
      { name: 'metrics', port: '9091' },
    ],
  ],
  [
    'admin 9090:9091/udp',
    [{ name: 'admin', port: '9090', targetPort: '9091', protocol: 'UDP' }],
  ],
  [[{ port: 1 }], [{ port: 1 }]],
])('reads %j', (text, ports) => {
  expect(readMorePorts(text)).toEqual({ ports, problems: [] });
});

it.each(['admin', 'admin:9090', 'admin 9090/icmp', 'two words 9090'])(
  'names the line of %j',
  text => {
    expect(readMorePorts(`ok 1\n${text}`).problems).toEqual([
      {
        field: 'morePorts[1]',
        message: expect.stringContaining(`"${text}" is no port.`),
      },
    ]);
  },
);
