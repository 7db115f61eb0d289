/**
 * @param {string} version as in `process.versions.node`
 * @returns {string | null} a message for the user if it is older than the tools need
 */
export function nodeComplaint(version) {
  const [major, minor] = version.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return null;
  return `Node ${version} is too old: this project needs Node 20.19 or newer (20, 22 or 24).`;
}

// Every command imports this first: the other files use features that older versions lack.
const complaint = nodeComplaint(process.versions.node);
if (complaint) {
  console.error(complaint);
  process.exit(1);
}
