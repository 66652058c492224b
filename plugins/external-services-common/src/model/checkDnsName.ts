import { isDns1123Label } from '../kubernetes/names';
import { canonicalIp } from '../kubernetes/ipAddress';
import { asciiHost } from './asciiHost';

/** Longest name in text form. Source: RFC 1035 section 2.3.4. */
const MAX_NAME = 253;

/**
 * What is wrong with a DNS name as a target, in words for the person who typed
 * it, with the remedy; undefined when nothing is. The first problem only.
 *
 * Stricter than the API server, which takes names that can never be resolved.
 *
 * @public
 */
export function checkDnsName(
  text: string,
  clusterDomain: string = 'cluster.local',
): string | undefined {
  if (text.trim() === '') {
    return 'Enter a host name, for example db.example.com.';
  }
  if (text !== text.trim()) {
    return 'Remove the spaces around the host name.';
  }
  if (canonicalIp(text)) {
    return `${text} is an IP address. A DNS alias cannot lead to an address: the cluster's DNS would answer nothing. Use IP addresses as the target instead.`;
  }
  if (/[:/]/.test(text)) {
    return hostAndPortMessage(text);
  }
  const foreign = [...text].find(char => !/[A-Za-z0-9.-]/.test(char));
  if (foreign) {
    return notAllowedMessage(text, foreign);
  }
  if (text !== text.toLowerCase()) {
    return `Host names are lower case. Use ${asciiHost(text)}.`;
  }
  return checkLabels(text.replace(/\.$/, ''), clusterDomain);
}

function checkLabels(name: string, clusterDomain: string): string | undefined {
  const labels = name.split('.');
  if (name.length > MAX_NAME) {
    return `A host name has at most ${MAX_NAME} characters.`;
  }
  const wrong = labels.find(label => !isDns1123Label(label));
  if (wrong === '') {
    return 'Two dots must not stand together, and none at the start.';
  }
  if (wrong !== undefined) {
    return wrong.length > 63
      ? 'Between two dots a host name has at most 63 characters.'
      : `${wrong} must not start or end with a hyphen.`;
  }
  if (labels.length === 1) {
    return `${name} has no domain; looked up from the cluster it would not be found. Use the full name, for example ${name}.example.com.`;
  }
  if (name.endsWith(`.svc.${clusterDomain}`) || name.endsWith('.svc')) {
    return 'This leads to another service inside the cluster. Let the app use that name itself.';
  }
  if (labels.every(label => /^[0-9]+$/.test(label))) {
    return `${name} is only numbers, so it is no host name.`;
  }
  return undefined;
}

function hostAndPortMessage(text: string): string {
  const match =
    /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^@/]*@)?([^:/?#]+)(?::(\d+))?/i.exec(text);
  const host = match?.[1].toLowerCase();
  const port = match?.[2];
  const remedy = host ? ` Use ${host}${port ? `, port ${port}` : ''}.` : '';
  return text.includes('/')
    ? `Enter only the host name.${remedy}`
    : `The port has its own field.${remedy}`;
}

function notAllowedMessage(text: string, char: string): string {
  const shown = char === ' ' ? 'A space' : char;
  const punycode = char > '\u007f' ? toPunycode(text) : undefined;
  const remedy = punycode ? ` Use ${punycode}.` : '';
  return `A host name has letters, digits, hyphens and dots. ${shown} is not allowed.${remedy}`;
}

function toPunycode(text: string): string | undefined {
  const host = asciiHost(text);
  return /^[a-z0-9.-]+$/.test(host) ? host : undefined;
}
