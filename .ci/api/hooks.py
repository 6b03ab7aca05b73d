"""Accounts, events and rules for schemathesis, which sends what the API's description allows, and what it does not.

ONSALE_BASE is the server's address, and ONSALE_ROLE the caller: anybody, organizer or admin. The file ONSALE_REACHED gets
the operations that were answered with a success; `reached.py` compares it with the description. ONSALE_MAILS is the file
of mails that the server has sent, a line of JSON for each.
"""

import email
import email.policy
import itertools
import json
import os
import re
import struct
import time
import uuid
import zlib

import requests
import schemathesis
from hypothesis import strategies

BASE = os.environ["ONSALE_BASE"]
PASSWORD = "correct horse battery"
# The demo's accounts.
ACCOUNTS = {"organizer": ("events@techcorp.com", "org123"), "admin": ("admin@eventbrite.local", "admin123")}
ACCOUNT = ACCOUNTS.get(os.environ["ONSALE_ROLE"])

# A stress test of more people takes longer, and tells no more about its description.
SIMULATED_MAX = 20
SIMULATED_MOST = 100_000

# What a seat costs where it costs something, in cents.
AMOUNT = 500

http = requests.Session()
http.trust_env = False
# Another client than schemathesis, whose sign-ins fail until they are throttled.
http.headers["X-Forwarded-For"] = "192.0.2.1"


def ask(method, path, token=None, **body):
    """The JSON of an answer that must be a success."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    answer = http.request(method, BASE + path, headers=headers, json=body or None, timeout=20)
    answer.raise_for_status()
    return answer.json() if answer.content else None


def sign_in(email, password):
    return ask("POST", "/auth/login", email=email, password=password)["token"]


numbers = itertools.count()


def new_address(domain="example.com"):
    return f"{os.environ['ONSALE_ROLE']}-{next(numbers)}@{domain}"


def new_account(role, address=None):
    """The id and a token of an account that nobody else uses."""
    session = ask("POST", "/auth/register", name="Somebody", email=address or new_address(), password=PASSWORD, role=role)
    return session["user"]["id"], session["token"]


# No mail to this domain is delivered.
REFUSED = "refused.example"

WAIT_SECONDS = 30


def eventually(look):
    """What `look` finds, once it finds something."""
    end = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < end:
        found = look()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError("waited for too long")


def mails_to(address):
    """The mails that somebody has got, the newest first."""
    with open(os.environ["ONSALE_MAILS"]) as lines:
        mails = [json.loads(line) for line in lines if line.endswith("\n")]
    texts = [mail["text"] for mail in mails if mail.get("to", "").lower() == address.lower()]
    return [email.message_from_string(text, policy=email.policy.default) for text in reversed(texts)]


def token_for(address, page):
    """The token of the newest link to a page that somebody has got by mail."""

    def look():
        for mail in mails_to(address):
            found = re.search(f"{page}#([0-9A-Za-z]+)", mail.get_body(("plain",)).get_content())
            if found:
                return found[1]

    return eventually(look)


TOKEN = sign_in(*ACCOUNT) if ACCOUNT else None

# These end the session or the account that they are called with.
OF_OWN_ACCOUNT = {"/auth/logout", "/auth/erase", "/auth/password"}

# These take the account's password.
WITH_PASSWORD = OF_OWN_ACCOUNT | {
    "/auth/address",
    "/auth/me/api-keys",
    "/organizer/webhooks",
    "/organizer/webhooks/{webhook_id}",
    "/organizer/webhooks/{webhook_id}/secret",
}

if ACCOUNT:

    @schemathesis.auth(refresh_interval=None)
    class Session:
        """The token of the role."""

        def get(self, case, ctx):
            return new_account("ORGANIZER")[1] if case.operation.path in OF_OWN_ACCOUNT else TOKEN

        def set(self, case, data, ctx):
            case.headers["Authorization"] = f"Bearer {data}"


def draft():
    event = ask(
        "POST",
        "/organizer/events",
        TOKEN,
        title="A concert",
        location="Hall",
        starts_at="2090-01-01T19:00:00Z",
        ends_at="2090-01-01T22:00:00Z",
        capacity=5,
        verified_buyers_only=False,
    )
    return {"id": event["id"]}


def published():
    event = draft()
    ask("POST", f"/organizer/events/{event['id']}/publish", TOKEN)
    return event


def simulated():
    """An event with a stress test."""
    event = published()
    ask("POST", f"/admin/events/{event['id']}/simulate?users=1", TOKEN)
    return {**event, "simulation_id": ask("GET", f"/admin/events/{event['id']}/simulation", TOKEN)["id"]}


def booking(token):
    event = published()
    registration = ask("POST", f"/events/{event['id']}/register", token)
    return {**event, "registration_id": registration["id"]}


def own_booking():
    return booking(TOKEN)


def own_transfer():
    """An offer of a seat of an own booking."""
    booked = own_booking()
    path = f"/events/{booked['id']}/registrations/{booked['registration_id']}/transfers"
    return {**booked, "transfer_id": ask("POST", path, TOKEN)["transfer"]["id"]}


def booking_of_somebody():
    return booking(new_account("AUDIENCE")[1])


def paid_booking_of_somebody():
    """A booking that costs something and was marked as paid."""
    event = published()
    path = f"/organizer/events/{event['id']}/tickets"
    headers = {"Authorization": f"Bearer {TOKEN}"}
    seen = http.get(BASE + path, headers=headers, timeout=20)
    document = seen.json()["document"]
    document["currency"] = "EUR"
    document["ticket_types"][0]["prices"][0]["amount"] = AMOUNT
    headers["If-Match"] = seen.headers["ETag"]
    http.put(BASE + path, headers=headers, json=document, timeout=20).raise_for_status()
    _, token = new_account("AUDIENCE")
    registration = ask("POST", f"/events/{event['id']}/register", token, amount=AMOUNT)
    path = f"/organizer/events/{event['id']}/registrations/{registration['id']}/payments"
    ask("POST", path, TOKEN, amount=AMOUNT)
    attendee = ask("GET", f"/organizer/events/{event['id']}/attendees", TOKEN)["items"][0]
    return {**event, "registration_id": registration["id"], "payment_id": attendee["payment_id"]}


def png(side):
    """A black square as a PNG file."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(bytes((3 * side + 1) * side)))
    return b"\x89PNG\r\n\x1a\n" + head + pixels + chunk(b"IEND", b"")


# The server looks at the file, whatever its type is said to be.
for media_type in ("image/jpeg", "image/png"):
    schemathesis.openapi.media_type(media_type, strategies.integers(1, 8).map(png))


def picture():
    event = draft()
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "image/png"}
    path = f"{BASE}/organizer/events/{event['id']}/picture"
    made = http.put(path, headers=headers, data=png(8), timeout=20)
    made.raise_for_status()
    return {**event, "picture_id": made.json()["large"].split("/")[-2]}


def with_picture():
    return {"id": picture()["id"]}


SCAN = {"gate": "North", "device": "Phone 1", "scanned_at": "2030-03-01T19:30:00Z"}


OPEN_DOOR = {
    "opens_minutes_before": None,
    "names_minutes_before": 0,
    "transfers": True,
    "attach_tickets": False,
}


def check_in():
    """Somebody who is in, at an event whose door is open."""
    seat = booking_of_somebody()
    path = f"{BASE}/organizer/events/{seat['id']}/door"
    headers = {"Authorization": f"Bearer {TOKEN}"}
    http.put(path, headers=headers, json=OPEN_DOOR, timeout=20).raise_for_status()
    scan = {**SCAN, "registration_id": seat["registration_id"], "number": 1}
    made = ask("POST", f"/events/{seat['id']}/check-ins", TOKEN, **scan)
    return {"id": seat["id"], "check_in_id": made["id"]}


def staff():
    """Somebody to take out of the door staff. Adding them would be refused after many wrong addresses."""
    return {**draft(), "user_id": new_account("AUDIENCE")[0]}


def somebody():
    return {"id": new_account("AUDIENCE")[0]}


def webhook():
    """A webhook with one delivery. An account has few, so the one before goes."""
    for old in ask("GET", "/organizer/webhooks", TOKEN)["items"]:
        ask("DELETE", f"/organizer/webhooks/{old['id']}", TOKEN)
    body = {"url": "https://hooks.invalid/", "kinds": ["event.cancelled"], "current_password": ACCOUNT[1]}
    made = ask("POST", "/organizer/webhooks", TOKEN, **body)["webhook"]
    return {"webhook_id": made["id"]}


def delivery():
    made = webhook()
    return {**made, "delivery_id": ask("POST", f"/organizer/webhooks/{made['webhook_id']}/test", TOKEN)["id"]}


def of_the_demo():
    return {"id": ask("GET", "/events")["items"][0]["id"]}


# What exists, for the ids in a path. Ids that the description's examples and schemas give belong to nothing.
EXISTING = {"GET /events/{id}": of_the_demo, "GET /events/{id}.ics": of_the_demo}
if ACCOUNT:
    EXISTING |= {
        "GET /events/{id}/pictures/{picture_id}/{size}": picture,
        "POST /events/{id}/register": published,
        "DELETE /events/{id}/registrations/{registration_id}": own_booking,
        "PATCH /events/{id}/registrations/{registration_id}": own_booking,
        "POST /events/{id}/code": published,
        "GET /events/{id}/registrations/{registration_id}/tickets": own_booking,
        "GET /events/{id}/registrations/{registration_id}/tickets.pdf": own_booking,
        "GET /events/{id}/registrations/{registration_id}/transfers": own_booking,
        "POST /events/{id}/registrations/{registration_id}/transfers": own_booking,
        "DELETE /events/{id}/registrations/{registration_id}/transfers/{transfer_id}": own_transfer,
        "POST /events/{id}/transfers/look": published,
        "POST /events/{id}/transfers/accept": published,
        "PUT /events/{id}/registrations/{registration_id}/tickets/names": own_booking,
        "GET /events/{id}/door": published,
        "GET /events/{id}/door/tickets": published,
        "POST /events/{id}/check-ins": published,
        "POST /events/{id}/check-ins/batch": published,
        "POST /events/{id}/check-ins/{check_in_id}/undo": check_in,
        "GET /organizer/events/{id}/check-ins": published,
        "GET /organizer/events/{id}/door": draft,
        "PUT /organizer/events/{id}/door": draft,
        "POST /organizer/events/{id}/door/key": draft,
        "GET /organizer/events/{id}/door/staff": draft,
        "POST /organizer/events/{id}/door/staff": draft,
        "DELETE /organizer/events/{id}/door/staff/{user_id}": staff,
        "GET /organizer/events/{id}": draft,
        "PATCH /organizer/events/{id}": published,
        "DELETE /organizer/events/{id}": draft,
        "POST /organizer/events/{id}/publish": draft,
        "POST /organizer/events/{id}/cancel": published,
        "POST /organizer/events/{id}/hand-over": draft,
        "PUT /organizer/events/{id}/picture": draft,
        "DELETE /organizer/events/{id}/picture": with_picture,
        "GET /organizer/events/{id}/analytics": published,
        "GET /organizer/events/{id}/attendees": published,
        "POST /organizer/events/{id}/registrations/{registration_id}/remove": booking_of_somebody,
        "POST /organizer/events/{id}/registrations/{registration_id}/payments": booking_of_somebody,
        "DELETE /organizer/events/{id}/registrations/{registration_id}/payments/{payment_id}": paid_booking_of_somebody,
        "GET /organizer/events/{id}/tickets": published,
        "PUT /organizer/events/{id}/tickets": draft,
        "PATCH /organizer/webhooks/{webhook_id}": webhook,
        "DELETE /organizer/webhooks/{webhook_id}": webhook,
        "POST /organizer/webhooks/{webhook_id}/secret": webhook,
        "POST /organizer/webhooks/{webhook_id}/test": webhook,
        "GET /organizer/webhooks/{webhook_id}/deliveries": webhook,
        "POST /organizer/webhooks/{webhook_id}/deliveries/{delivery_id}/resend": delivery,
    }
if ACCOUNT == ACCOUNTS["admin"]:
    EXISTING |= {
        "POST /admin/events/{id}/simulate": published,
        "GET /admin/events/{id}/simulation": published,
        "DELETE /admin/events/{id}/simulation": published,
        "GET /admin/events/{id}/simulations": published,
        "POST /admin/events/{id}/simulations/{simulation_id}/stop": simulated,
        "PATCH /admin/users/{id}": somebody,
        "POST /admin/users/{id}/password": somebody,
    }


def with_offer():
    """A seat that somebody else offers."""
    giver = new_account("AUDIENCE")[1]
    booked = booking(giver)
    path = f"/events/{booked['id']}/registrations/{booked['registration_id']}/transfers"
    return {"path": {"id": booked["id"]}, "body": {"token": ask("POST", path, giver)["token"]}}


def with_document():
    """The tickets of a draft as they are."""
    event = draft()
    answer = http.get(f"{BASE}/organizer/events/{event['id']}/tickets", headers={"Authorization": f"Bearer {TOKEN}"}, timeout=20)
    return {"path": event, "headers": {"If-Match": answer.headers["ETag"]}, "body": answer.json()["document"]}


def with_code():
    """A price that a code unlocks."""
    sound = with_document()
    sound["body"]["ticket_types"][0]["prices"][0]["code"] = "MEMBERS"
    path = f"/organizer/events/{sound['path']['id']}"
    headers = {"Authorization": f"Bearer {TOKEN}", **sound["headers"]}
    http.put(f"{BASE}{path}/tickets", headers=headers, json=sound["body"], timeout=20).raise_for_status()
    ask("POST", f"{path}/publish", TOKEN)
    return {"path": sound["path"], "body": {"code": "MEMBERS"}}


def with_failed_message():
    """A message about a booking that no mail server takes."""
    address = new_address(REFUSED)
    event = booking(new_account("AUDIENCE", address)[1])
    path = f"/organizer/events/{event['id']}/messages?state=FAILED"
    failed = eventually(lambda: ask("GET", path, TOKEN)["items"])
    return {"path": {"id": event["id"], "message_id": failed[0]["id"]}}


def with_refusal():
    """The address at which somebody refuses announcements, as their mail has it."""
    address = new_address()
    event = booking(new_account("AUDIENCE", address)[1])
    path = f"/organizer/events/{event['id']}/announcements"
    ask("POST", path, TOKEN, audience="BOTH", subject="Doors", text="They open at six.", people=1)

    def look():
        for mail in mails_to(address):
            if "List-Unsubscribe" in mail:
                return mail["List-Unsubscribe"]

    parts = eventually(look).strip("<>").split("/")
    return {"path": dict(zip(("id", "registration_id", "secret"), parts[-3:]))}


def with_calendar():
    token = new_account("AUDIENCE")[1]
    path = ask("POST", "/auth/me/calendar", token)["path"]
    return {"path": {"secret": path.rpartition("/")[2].removesuffix(".ics")}}


def with_link_of_own_address():
    ask("POST", "/auth/verification", TOKEN)
    return {"body": {"token": token_for(ACCOUNT[0], "/verify")}}


def with_link_to_new_password():
    address = new_address()
    new_account("AUDIENCE", address)
    ask("POST", "/auth/password-resets", email=address)
    return {"body": {"token": token_for(address, "/reset-password"), "new_password": "another horse battery"}}


def invited():
    address = new_address()
    ask("POST", "/admin/invitations", TOKEN, email=address)
    return address


def with_invitation():
    return {"body": {"token": token_for(invited(), "/invitation"), "name": "Somebody", "password": PASSWORD}}


def with_id_of_invitation():
    invited()
    return {"path": {"invitation_id": ask("GET", "/admin/invitations", TOKEN)["items"][0]["id"]}}


# What makes a request succeed that a schema cannot make sound: values for its path, its headers, and its body. One request
# of each role gets them.
SOUND = {"GET /calendar/{secret}.ics": with_calendar, "POST /auth/password-resets/use": with_link_to_new_password}
if ACCOUNT:
    SOUND |= {
        "POST /auth/verify": with_link_of_own_address,
        "POST /auth/address": lambda: {"body": {"email": new_address(), "current_password": ACCOUNT[1]}},
        "POST /events/{id}/code": with_code,
        "POST /events/{id}/transfers/look": with_offer,
        "POST /events/{id}/transfers/accept": with_offer,
        "POST /unsubscribe/{id}/{registration_id}/{secret}": with_refusal,
        "DELETE /unsubscribe/{id}/{registration_id}/{secret}": with_refusal,
        "POST /organizer/events/{id}/hand-over": lambda: {"path": draft(), "body": {"email": ACCOUNT[0]}},
        "POST /organizer/events/{id}/messages/{message_id}/resend": with_failed_message,
        "PUT /organizer/events/{id}/tickets": with_document,
    }
if ACCOUNT == ACCOUNTS["admin"]:
    SOUND |= {
        "POST /admin/invitations": lambda: {"body": {"email": new_address()}},
        "DELETE /admin/invitations/{invitation_id}": with_id_of_invitation,
        "POST /admin/outbox/messages/{message_id}/resend": lambda: {
            "path": {"message_id": with_failed_message()["path"]["message_id"]}
        },
        "POST /auth/invitations/accept": with_invitation,
    }


def is_id(text):
    try:
        return str(uuid.UUID(text)) == text.lower()
    except (AttributeError, TypeError, ValueError):
        return False


def is_whole(value):
    return re.fullmatch("[1-9][0-9]*", str(value)) is not None


def fresh(key):
    """A key that was not sent before: a repeated one brings the first request's answer, whatever the second one says."""
    number = str(next(numbers))
    return key[: -len(number)] + number if re.fullmatch("[!-~]{1,128}", key) else key


IF_MATCH = next(
    parameter["schema"]["pattern"]
    for parameter in ask("GET", "/openapi.json")["paths"]["/organizer/events/{id}"]["patch"]["parameters"]
    if parameter.get("name") == "If-Match"
)


@schemathesis.hook
def before_call(ctx, case, kwargs):
    """Puts what exists in the place of what does not, if that is well-formed: wrong values stay."""
    label, parameters = case.operation.label, case.path_parameters
    existing = EXISTING.get(label)
    if existing and parameters and all(is_id(value) for name, value in parameters.items() if name != "size"):
        # Other values in the path, such as a size, stay.
        case.path_parameters = {**parameters, **existing()}
    if ACCOUNT and case.operation.path in WITH_PASSWORD and isinstance(case.body, dict):
        if isinstance(case.body.get("current_password"), str):
            is_own = case.operation.path in OF_OWN_ACCOUNT
            case.body["current_password"] = PASSWORD if is_own else ACCOUNT[1]
    if case.meta is not None and case.meta.generation.mode.is_positive and label in SOUND:
        sound = SOUND.pop(label)()
        case.path_parameters = {**(parameters or {}), **sound.get("path", {})}
        case.headers = {**(case.headers or {}), **sound.get("headers", {})}
        case.body = sound.get("body", case.body)
    key = (case.headers or {}).get("Idempotency-Key")
    if isinstance(key, str):
        case.headers["Idempotency-Key"] = fresh(key)
    if label == "POST /admin/events/{id}/simulate":
        users = (case.query or {}).get("users")
        if users is None or is_whole(users) and int(users) <= SIMULATED_MOST:
            case.query = {**(case.query or {}), "users": min(int(users or SIMULATED_MAX), SIMULATED_MAX)}


# Texts that people type. A line has something to see, and nothing that hides or reorders it.
LINE = "must not be empty|has (an invisible character|a line break|a tab)"
PASSWORD_RULES = (
    "must have at most [0-9]+ bytes|must have at least [0-9]+ characters|must not contain the NUL character"
    "|must not be the e-mail address|must not be one that many people use|must not be the old password"
)
TIMES = {
    "starts_at": "must be between the years",
    "ends_at": "must be between the years|must be after starts_at|must be at most [0-9]+ days after|must be in the future",
    "sales_open_at": "must be between the years|must be before ends_at",
    "sales_close_at": "must be between the years|must be after sales_open_at",
    "cancel_until": "must be between the years|must not be after starts_at",
    "time_zone": "must be an IANA time zone",
}
SEATS = {"seats": "must have 1 to 10 seats in all, and each price once"}
TICKETS = {
    "currency": "must be a code of ISO 4217|must be set, because a price is above 0",
    "types": "must have different names|must have at most [0-9]+ (seats|prices) in all|must be 1 to [0-9]+",
    "name": LINE,
    "capacity": "must be at least [0-9]+, as many as one registration may have",
    "prices": "must have different names|must not be empty",
    "closes_at": "must be after opens_at",
    "code": "must be 1 to [0-9]+ letters",
    "payment_instructions": LINE,
}
CHECK_IN = {
    "gate": LINE,
    "device": LINE,
    "code": "must be given, or registration_id and number",
    "id": "must be another one for each scan",
}
EVENT = {"title": LINE, "location": LINE, "description": LINE, **TIMES}

# Rules that a schema cannot state: by operation and field, the beginning of the reason for a refusal.
RULES = {
    "POST /auth/register": {"name": LINE, "email": "must|has", "password": PASSWORD_RULES},
    "POST /auth/password": {"new_password": PASSWORD_RULES},
    "POST /auth/address": {"email": "must|has", "current_password": "is wrong"},
    "POST /auth/me/api-keys": {
        "name": LINE,
        "permissions": "must be ones that your role has",
        "events": "must be events that you see",
        "current_password": "is wrong",
    },
    "POST /auth/password-resets/use": {"new_password": PASSWORD_RULES},
    "POST /auth/invitations/accept": {"name": LINE, "password": PASSWORD_RULES},
    "POST /admin/invitations": {"email": "must|has"},
    "PATCH /auth/me": {"name": LINE, "public_contact": "must|has"},
    "GET /events": {"q": LINE, "place": LINE},
    "GET /organizer/events": {"q": LINE},
    "GET /admin/users": {"q": LINE},
    "POST /organizer/events": EVENT,
    "PATCH /organizer/events/{id}": EVENT,
    "GET /organizer/events/{id}/attendees": {"q": LINE},
    "POST /organizer/events/{id}/announcements": {"subject": LINE, "text": LINE},
    "POST /organizer/events/{id}/hand-over": {"email": "must be the address of an active organizer or administrator"},
    "POST /organizer/events/{id}/registrations/{registration_id}/remove": {"reason": LINE},
    "PUT /organizer/events/{id}/tickets": TICKETS,
    "POST /organizer/webhooks": {"url": "must", "current_password": "is wrong"},
    "PATCH /organizer/webhooks/{webhook_id}": {"url": "must", "current_password": "must be given|is wrong"},
    "POST /organizer/webhooks/{webhook_id}/secret": {"current_password": "is wrong"},
    "POST /events/{id}/register": SEATS,
    "PATCH /events/{id}/registrations/{registration_id}": SEATS,
    "POST /events/{id}/registrations/{registration_id}/transfers": {"price": "must be a price of the booking"},
    "PUT /events/{id}/registrations/{registration_id}/tickets/names": {"names": f"{LINE}|must be at most 1, one for"},
    "POST /admin/users/{id}/password": {"new_password": PASSWORD_RULES},
    "POST /events/{id}/check-ins": CHECK_IN,
    "POST /events/{id}/check-ins/batch": CHECK_IN,
    "POST /events/{id}/check-ins/{check_in_id}/undo": {"reason": LINE},
    "POST /organizer/events/{id}/door/staff": {"email": "must be the address of an active account"},
}


reached = set()


@schemathesis.hook
def after_call(ctx, case, response):
    """Writes down each operation that succeeds."""
    label = case.operation.label
    if response.status_code < 300 and label not in reached:
        reached.add(label)
        with open(os.environ["ONSALE_REACHED"], "a") as file:
            print(label, file=file)


@schemathesis.check
def a_refusal_is_a_rule(ctx, response, case):
    """What the description allows is refused for a rule that it cannot state, and for nothing else."""
    if case.meta is None or not case.meta.generation.mode.is_positive or response.status_code not in (400, 422):
        return
    problem = response.json()
    # schemathesis takes some texts for matches of this pattern that are none.
    if problem["type"] == "/problems/malformed-header" and not re.search(IF_MATCH, case.headers["If-Match"]):
        return
    rules = RULES.get(case.operation.label, {}).get(problem.get("field"))
    reason = problem["detail"].partition(": ")[2]
    if problem["type"] != "/problems/invalid-field" or rules is None or not re.match(f"({rules})", reason):
        raise AssertionError(f"the description allows it: {problem['detail']}")
