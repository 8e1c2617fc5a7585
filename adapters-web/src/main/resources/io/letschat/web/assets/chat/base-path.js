// Where this server's pages, routes and sockets are. Whatever path of it a script asks for is made here.

const base = document.documentElement.dataset.basePath ?? "";

/** The address of a path of ours, such as /login. */
export function address(path) {
  return base + path;
}

/** A key in the browser's storage, which all servers of one host share, whatever their paths. */
export function storageKey(name) {
  return base === "" ? name : `${name}@${base}`;
}
