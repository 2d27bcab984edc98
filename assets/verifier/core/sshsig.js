// OpenSSH's file signatures (PROTOCOL.sshsig), as `ssh-keygen -Y sign` writes them.
import { bytesOf, joined, ofBase64, sameBytes, textOf } from './bytes.js';
import { Wire, wireString } from './keys.js';
import { keySigned, readKeySignature, readSshKey } from './sshkeys.js';

/** The namespace of archives and of all that is signed beside them. */
export const NAMESPACE = 'invigil-archive';
/** Of what a station's key signs about the one that takes its place. */
export const ROTATION_NAMESPACE = 'invigil-rotation';

const MAX_ARMORED_BYTES = 4096;
const SSHSIG = bytesOf('SSHSIG');
const ARMOR = /^-----BEGIN SSH SIGNATURE-----([\r\n][A-Za-z0-9+/=\r\n]*\n)-----END SSH SIGNATURE-----[\r\n]*$/;

/** @typedef {{ key: string, namespace: string, hash: string, signature: import('./sshkeys.js').KeySignature }} SshSignature */

/** Unsupported: by a key of another type, which is named; null: it is no signature.
 * @param {Uint8Array} bytes @returns {SshSignature | { unsupported: string } | null} */
export function readSshSignature(bytes) {
  const text = bytes.length <= MAX_ARMORED_BYTES ? textOf(bytes) : null;
  const armor = text === null ? null : ARMOR.exec(text);
  const blob = armor && ofBase64(armor[1].replace(/[\r\n]/g, ''));
  if (!blob) return null;
  const wire = new Wire(blob);
  const magic = wire.take(SSHSIG.length);
  if (!magic || !sameBytes(magic, SSHSIG) || wire.u32() !== 1) return null;
  const key = readSshKey(wire.string() ?? new Uint8Array());
  if (!key || 'unsupported' in key) return key;
  const namespace = textOf(wire.string() ?? new Uint8Array());
  // Reserved: to be ignored, but it is signed over; nobody writes it, so it has to be empty.
  const reserved = wire.string();
  const hash = textOf(wire.string() ?? new Uint8Array()) ?? '';
  const inner = wire.string();
  if (!namespace || reserved?.length !== 0 || !['sha256', 'sha512'].includes(hash) || !inner || !wire.isEmpty) return null;
  const signature = readKeySignature(inner, key.key);
  return signature && { key: key.key, namespace, hash, signature };
}

/** Whether the signature is over exactly these bytes, for the namespace that is asked for, by its own key.
 * @param {SshSignature} signature @param {Uint8Array} message */
export async function sshSignatureHolds({ key, namespace, hash, signature }, message, wanted = NAMESPACE) {
  if (namespace !== wanted) return false;
  const hashed = new Uint8Array(await crypto.subtle.digest(hash === 'sha256' ? 'SHA-256' : 'SHA-512', message));
  const parts = [bytesOf(namespace), new Uint8Array(), bytesOf(hash), hashed];
  return keySigned(key, joined(SSHSIG, ...parts.map(wireString)), signature);
}
