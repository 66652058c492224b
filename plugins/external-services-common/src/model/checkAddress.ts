import { formatIp, parseIp, specialRange } from '../kubernetes/ipAddress';

/**
 * What is wrong with an address as a target, in words for the person who typed
 * it, with the remedy; undefined when nothing is. The first problem only.
 *
 * @public
 */
export function checkAddress(text: string): string | undefined {
  if (text.trim() === '') {
    return 'Enter at least one address, for example 203.0.113.1.';
  }
  const ip = parseIp(text);
  if (!ip) {
    return /[a-z]/i.test(text) && !text.includes(':') && text.includes('.')
      ? `${text} is a DNS name; only addresses can stand here. Use a DNS name as the target instead.`
      : `${text} is not an IP address. Write it like 203.0.113.1 or 2001:db8::1.`;
  }
  switch (specialRange(ip)) {
    case 'loopback':
      return `${text} always means the machine itself. The cluster refuses it.`;
    case 'link-local':
      return `${text} is a link-local address. The cluster refuses it.`;
    case 'link-local multicast':
      return `${text} is a link-local multicast address. The cluster refuses it.`;
    case 'unspecified':
      return `${text} is not the address of a machine. The cluster refuses it.`;
    default:
      return ip.strict && formatIp(ip) === text
        ? undefined
        : `Write it as ${formatIp(ip)}.`;
  }
}
