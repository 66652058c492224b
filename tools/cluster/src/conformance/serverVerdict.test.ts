import { serverVerdict } from './serverVerdict';

const answer = (status: number, content: object) => ({
  status,
  warnings: [],
  body: JSON.stringify(content),
});
const badRequest = (message: string) => answer(400, { message });

describe('serverVerdict', () => {
  it('reads an acceptance', () => {
    expect(serverVerdict(answer(201, { kind: 'Service' }))).toMatchObject({
      accepted: true,
      fields: [],
    });
  });

  it('reads every distinct field of a refusal', () => {
    const causes = [
      { field: 'spec.ports[0].port' },
      { field: 'metadata.name' },
      { field: 'spec.ports[0].port' },
    ];
    expect(
      serverVerdict(answer(422, { message: 'invalid', details: { causes } })),
    ).toEqual({
      accepted: false,
      told: 'all',
      fields: ['metadata.name', 'spec.ports[0].port'],
      message: '422 invalid',
    });
  });

  it.each([
    [
      'Service in version "v1" cannot be handled as a Service: strict decoding error: unknown field "spec.foo", unknown field "spec.ports[0].bar"',
      ['spec.foo', 'spec.ports[0].bar'],
    ],
    [
      'Service in version "v1" cannot be handled as a Service: json: cannot unmarshal string into Go struct field ServicePort.spec.ports.port of type int32',
      ['spec.ports.port'],
    ],
  ])('reads the fields that decoding names: %s', (message, fields) => {
    expect(serverVerdict(badRequest(message))).toMatchObject({
      accepted: false,
      told: 'some',
      fields,
    });
  });

  it('knows of no field where decoding names none', () => {
    expect(
      serverVerdict(
        badRequest('strict decoding error: yaml: line 4: key "a" already set'),
      ),
    ).toMatchObject({ accepted: false, told: 'none', fields: [] });
  });

  it('takes an answer that is no verdict for an error', () => {
    expect(() =>
      serverVerdict(answer(429, { message: 'too many requests' })),
    ).toThrow('The API server answered 429');
  });
});
