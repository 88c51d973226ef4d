"""moto's server, for the interpreter that has moto: one request at a time, since what it keeps is not made for the threads that its
server gives each request; and what a client sends a second time, because the first answer did not reach it, is answered as it was the
first time: a lock that is taken or let go on a loaded machine is not taken for another's.

usage: moto_server.py WORDS-OF-MOTO…
"""

import collections
import sys
import threading

from moto import server
from werkzeug import serving

KEPT = 1000  # answers


class OneByOne:
    """A WSGI application around another."""

    def __init__(self, application):
        self.application, self.turn, self.answers = application, threading.Lock(), collections.OrderedDict()

    def __call__(self, environment, start_response):
        # The same for all attempts of one call of an SDK.
        call = environment.get("HTTP_AMZ_SDK_INVOCATION_ID")
        with self.turn:
            known = self.answers.get(call)
            if known:
                print(f"sent again, answered as before, {known[0]}: {environment.get('HTTP_X_AMZ_TARGET', environment['PATH_INFO'])}",
                      file=sys.stderr, flush=True)
                length = int(environment.get("CONTENT_LENGTH") or 0)
                environment["wsgi.input"].read(length)  # else the connection is reset
            else:
                known = self.ask(environment)
                if call and not known[0].startswith("5"):
                    self.answers[call] = known
                    if len(self.answers) > KEPT:
                        self.answers.popitem(last=False)
        status, headers, body = known
        start_response(status, headers)
        return [body]

    def ask(self, environment):
        said = []
        answer = self.application(environment, lambda status, headers, problem=None: said.append((status, headers)))
        try:
            body = b"".join(answer)
        finally:
            getattr(answer, "close", lambda: None)()
        return *said[-1], body


def run_simple(host, port, application, **more):
    serving.run_simple(host, port, OneByOne(application), **more)


if __name__ == "__main__":
    server.run_simple = run_simple
    server.main(sys.argv[1:])
