"""A mail server for tests: aiosmtpd, which treats mail as it is told.

The first argument is the port, or 0 for a free one. Each line of its input is a rule for the receivers at a domain:

    DOMAIN take             take their mail, as without a rule
    DOMAIN refuse ANSWER    answer them with this, such as "550 no such mailbox"
    DOMAIN greylist         put off the first mail to each of them
    DOMAIN stall            do not answer them at all
    DOMAIN hold             take their mail, and give the last answer once the rule is another

Its output has one line of JSON for each thing that has happened. It ends with its input.
"""

import asyncio
import json
import sys

from aiosmtpd.smtp import SMTP


def say(**happened):
    print(json.dumps(happened), flush=True)


class Desk:
    def __init__(self):
        self.rules = {}
        self.changed = asyncio.Condition()
        self.put_off = set()

    def rule(self, address):
        return self.rules.get(address.rsplit("@", 1)[-1], "take")

    async def set(self, line):
        domain, rule = line.split(" ", 1)
        async with self.changed:
            self.rules[domain] = rule
            self.changed.notify_all()
        say(rule=line)

    async def handle_RCPT(self, server, session, envelope, address, options):
        rule = self.rule(address)
        if rule.startswith("refuse "):
            return rule.removeprefix("refuse ")
        if rule == "greylist" and (envelope.mail_from, address) not in self.put_off:
            self.put_off.add((envelope.mail_from, address))
            return "450 4.2.0 greylisted, come back later"
        if rule == "stall":
            say(stalls=address)
            await asyncio.get_running_loop().create_future()
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server, session, envelope):
        [address] = envelope.rcpt_tos
        say(to=address, text=envelope.content.decode())
        async with self.changed:
            await self.changed.wait_for(lambda: self.rule(address) != "hold")
        return "250 taken"


async def serve(port):
    loop = asyncio.get_running_loop()
    desk = Desk()
    server = await loop.create_server(lambda: SMTP(desk, hostname="mail.test", loop=loop), "127.0.0.1", port)
    say(port=server.sockets[0].getsockname()[1])
    lines = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    while line := await lines.readline():
        await desk.set(line.decode().strip())


asyncio.run(serve(int(sys.argv[1])))
