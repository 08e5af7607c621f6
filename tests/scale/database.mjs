// Removes a database, in MongoDB's wire protocol: one OP_MSG, {dropDatabase: 1, $db: name}. Without
// a sign-in: a server that wants one keeps the database, and says no.
import { connect } from "node:net";

const int32 = (value) => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
};
const OP_MSG = 2013;

export function dropDatabase(server, name) {
  const [first] = server.replace(/^mongodb:\/\/(.*@)?/, "").split(/[,/]/);
  const [host, port = 27017] = first.split(":");
  const fields = Buffer.concat([
    Buffer.from("\x10dropDatabase\0\x01\0\0\0\x02$db\0", "latin1"),
    int32(name.length + 1),
    Buffer.from(`${name}\0\0`),
  ]);
  const document = Buffer.concat([int32(fields.length + 4), fields]);
  const message = Buffer.concat([
    int32(document.length + 21), // With header, flags and the kind of section.
    int32(1),
    int32(0),
    int32(OP_MSG),
    int32(0),
    Buffer.from([0]),
    document,
  ]);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), host, () => socket.write(message));
    socket.once("error", reject);
    socket.once("data", (answer) => {
      socket.destroy();
      if (answer.includes(Buffer.from("\x01ok\0\0\0\0\0\0\0\xf0\x3f", "latin1"))) resolve(); // 1.0
      else reject(new Error(`the database ${name} could not be dropped`));
    });
  });
}
