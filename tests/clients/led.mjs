// An agent that speaks plainly to the sandbox whatever host was asked for.
import http from "node:http";
import net from "node:net";

export class Led extends http.Agent {
  protocol = "https:";
  #sandbox;

  constructor(sandbox) {
    super();
    this.#sandbox = new URL(sandbox);
  }

  createConnection() {
    const { hostname, port } = this.#sandbox;
    return net.connect({ host: hostname, port: Number(port) });
  }
}
