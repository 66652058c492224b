import { readFileSync } from 'node:fs';
import path from 'node:path';

/** PEM texts that an administrator's HTTPS requests need, named as `node:https` names them. */
export interface AdminCredentials {
  ca: string;
  cert: string;
  key: string;
}

/** Reads what {@link writePki} wrote. */
export function readAdminCredentials(directory: string): AdminCredentials {
  const read = (file: string) =>
    readFileSync(path.join(directory, 'pki', file), 'utf8');
  return {
    ca: read('ca.crt'),
    cert: read('admin.crt'),
    key: read('admin.key'),
  };
}
