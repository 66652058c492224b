import http from 'node:http';
import https from 'node:https';
import type { AdminCredentials } from './AdminCredentials';

const PROBE_TIMEOUT_MS = 2_000;

/** A short answer of a server. */
export interface ProbeAnswer {
  status: number;
  body: string;
}

/** Asks the API server for a path; undefined while it does not answer. */
export function probeApiServer(
  server: string,
  path: string,
  credentials: AdminCredentials,
): Promise<ProbeAnswer | undefined> {
  return answerOf(
    https.get(`${server}${path}`, {
      ...credentials,
      agent: false,
      timeout: PROBE_TIMEOUT_MS,
    }),
  );
}

/** Whether CoreDNS, asked at its own port for this, has read the cluster. */
export async function isDnsReady(port: number): Promise<boolean> {
  const answer = await answerOf(
    http.get(`http://127.0.0.1:${port}/ready`, {
      agent: false,
      timeout: PROBE_TIMEOUT_MS,
    }),
  );
  return answer?.status === 200;
}

function answerOf(
  request: http.ClientRequest,
): Promise<ProbeAnswer | undefined> {
  return new Promise(resolve => {
    request.on('timeout', () => request.destroy(new Error('timeout')));
    request.on('error', () => resolve(undefined));
    request.on('response', response => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', text => (body += text));
      response.on('error', () => resolve(undefined));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body }),
      );
    });
  });
}
