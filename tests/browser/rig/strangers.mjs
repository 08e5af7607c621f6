// Hosts that are not Herald's: one whose pages do what a scene wants and which notes who comes from
// where, and one that stands before the sandbox and cuts a popup off from its opener.
import { createServer, request } from "node:http";

function listening(server) {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${server.address().port}`));
  });
}

export class Stranger {
  visits = [];
  #server = createServer((asked, answer) => {
    this.visits.push({ path: asked.url, referer: asked.headers.referer });
    const headers = { "content-type": "text/html" };
    // Such a page has the origin "null".
    if (asked.url.startsWith("/nobody"))
      headers["content-security-policy"] = "sandbox allow-scripts";
    const icon = '<link rel="icon" href="data:,">';
    answer.writeHead(200, headers).end(`<!doctype html>${icon}<title>Stranger</title>`);
  });

  static async open() {
    const stranger = new Stranger();
    stranger.url = await listening(stranger.#server);
    return stranger;
  }

  visitsTo = (path) => this.visits.filter((visit) => visit.path === path);

  close() {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

/** A base URL that passes everything on, and adds `headers` to the answers of paths like `path`. */
export async function standingBefore(base, path, headers) {
  const server = createServer((asked, answer) => {
    const { method, headers: sent, url } = asked;
    const onward = request(base + url, { method, headers: sent, agent: false }, (heard) => {
      const added = path.test(url) ? headers : {};
      answer.writeHead(heard.statusCode, { ...heard.headers, ...added });
      heard.pipe(answer);
    });
    onward.on("error", () => answer.destroy());
    asked.pipe(onward);
  });
  const url = await listening(server);
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url, close };
}
