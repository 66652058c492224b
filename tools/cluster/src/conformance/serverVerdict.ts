import type { ApiServerAnswer } from '../control-plane/ApiServerClient';
import { distinctFields, Verdict } from './Verdict';

interface Status {
  message?: string;
  details?: { causes?: { field?: string }[] };
}

/**
 * Reads the verdict out of an answer of the API server.
 *
 * @throws Error when the answer is no verdict, as when the server is overloaded.
 */
export function serverVerdict(answer: ApiServerAnswer): Verdict {
  const { status, body } = answer;
  if (status === 200 || status === 201) {
    return { accepted: true, fields: [], told: 'all', message: 'accepted' };
  }
  const { message = '', details }: Status = JSON.parse(body);
  const refused = { accepted: false, message: `${status} ${message}` };
  switch (status) {
    case 422: {
      const fields = (details?.causes ?? []).map(({ field }) => field ?? '');
      return { ...refused, fields: distinctFields(fields), told: 'all' };
    }
    case 400: {
      const fields = decodingFields(message);
      const told = fields.length > 0 ? 'some' : 'none';
      return { ...refused, fields, told };
    }
    // A namespace that cannot be: admission comes before validation.
    case 404:
      return { ...refused, fields: [], told: 'none' };
    default:
      throw new Error(`The API server answered ${status}: ${body}`);
  }
}

/** Fields named by the strict decoder, or else by Go's JSON decoder. */
function decodingFields(message: string): string[] {
  const strict = message.matchAll(/(?:unknown|duplicate) field "([^"]+)"/g);
  const fields = [...strict].map(([, field]) => field);
  const ofWrongType = /Go struct field \w+\.(\S+) of type/.exec(message)?.[1];
  return distinctFields(ofWrongType ? [...fields, ofWrongType] : fields);
}
