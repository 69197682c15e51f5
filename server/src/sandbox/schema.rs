//! The tables.

/// Marks a file as this server's.
pub(super) const APPLICATION_ID: i64 = 0x504F_5254;
/// Grows when the tables change.
pub(super) const VERSION: i64 = 3;

pub(super) const TABLES: &str = "
CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;

-- With `totp_secret` there is a second factor; `totp_used` is the last step whose code was used.
CREATE TABLE users (
    id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE COLLATE NOCASE, full_name TEXT NOT NULL,
    active INTEGER NOT NULL, is_operator INTEGER NOT NULL, password BLOB NOT NULL, default_coworker INTEGER,
    must_reset INTEGER NOT NULL DEFAULT 0, totp_secret BLOB, totp_used INTEGER
) STRICT;

-- A customer record. Flags and card belong to it, not to a membership: one set for all its teams.
CREATE TABLE coworkers (
    id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (id), full_name TEXT NOT NULL,
    company_name TEXT NOT NULL, coworker_type INTEGER NOT NULL, active INTEGER NOT NULL,
    can_make_bookings INTEGER NOT NULL, can_book_for_team INTEGER NOT NULL, can_purchase_products INTEGER NOT NULL,
    can_purchase_events INTEGER NOT NULL, can_access_community INTEGER NOT NULL, access_card TEXT
) STRICT;
CREATE INDEX coworkers_of_user ON coworkers (user_id);

CREATE TABLE plans (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
-- What somebody has with the location, whatever teams they are in. It runs from its beginning until it is ended.
CREATE TABLE contracts (
    id INTEGER PRIMARY KEY, coworker_id INTEGER NOT NULL REFERENCES coworkers (id) ON DELETE CASCADE,
    plan_id INTEGER NOT NULL REFERENCES plans (id), starts_at INTEGER NOT NULL, ended_at INTEGER
) STRICT;
CREATE INDEX contracts_of_coworker ON contracts (coworker_id);

-- `most_members` is NULL where a team may have any number of members.
CREATE TABLE teams (id INTEGER PRIMARY KEY, unique_id TEXT NOT NULL, name TEXT NOT NULL, summary TEXT NOT NULL,
    website TEXT, tags TEXT NOT NULL, default_plan INTEGER REFERENCES plans (id), most_members INTEGER) STRICT;
CREATE TABLE memberships (
    team_id INTEGER NOT NULL REFERENCES teams (id),
    coworker_id INTEGER NOT NULL REFERENCES coworkers (id) ON DELETE CASCADE,
    PRIMARY KEY (team_id, coworker_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX memberships_of_coworker ON memberships (coworker_id);
CREATE TABLE administrators (
    team_id INTEGER NOT NULL REFERENCES teams (id),
    coworker_id INTEGER NOT NULL REFERENCES coworkers (id) ON DELETE CASCADE,
    PRIMARY KEY (team_id, coworker_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX administrators_of_coworker ON administrators (coworker_id);

-- A session: an ordinary one follows its user's default profile unless `coworker_id` binds it to one; one with an
-- actor is somebody acting as its user, hangs on the actor's own session and ends by itself.
CREATE TABLE sessions (
    sid TEXT PRIMARY KEY, user_id INTEGER NOT NULL, coworker_id INTEGER, client_id TEXT NOT NULL,
    parent_sid TEXT, power TEXT, actor_user INTEGER, actor_coworker INTEGER,
    created_at INTEGER NOT NULL, expires_at INTEGER, ended_at INTEGER
) STRICT;
CREATE INDEX sessions_of_user ON sessions (user_id);
CREATE INDEX sessions_of_parent ON sessions (parent_sid);
CREATE INDEX sessions_to_expire ON sessions (expires_at) WHERE ended_at IS NULL;

-- Only the hash is kept.
CREATE TABLE refresh_tokens (
    hash TEXT PRIMARY KEY, sid TEXT NOT NULL, client_id TEXT NOT NULL, expires_at INTEGER NOT NULL, used_at INTEGER
) STRICT;

CREATE TABLE start_tokens (
    jti TEXT PRIMARY KEY, power TEXT NOT NULL, actor_sid TEXT NOT NULL, actor_user INTEGER NOT NULL,
    actor_coworker INTEGER NOT NULL, target_user INTEGER NOT NULL, target_coworker INTEGER NOT NULL,
    issued_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, used_at INTEGER
) STRICT;

-- What signs in once without a password. What was used or is void is not there any more. Of a code only the hash is kept.
CREATE TABLE sign_in_tokens (
    jti TEXT PRIMARY KEY, code TEXT UNIQUE, user_id INTEGER NOT NULL, expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sign_in_tokens_of_user ON sign_in_tokens (user_id);
CREATE TABLE reset_tokens (jti TEXT PRIMARY KEY, user_id INTEGER NOT NULL, expires_at INTEGER NOT NULL) STRICT;
CREATE INDEX reset_tokens_of_user ON reset_tokens (user_id);
CREATE TABLE recent_otps (email TEXT NOT NULL UNIQUE COLLATE NOCASE, at INTEGER NOT NULL) STRICT;
CREATE TABLE mails (
    id INTEGER PRIMARY KEY, at INTEGER NOT NULL, recipient TEXT NOT NULL, subject TEXT NOT NULL, text TEXT NOT NULL,
    link TEXT NOT NULL, code TEXT
) STRICT;

CREATE TABLE wrong_passwords (email TEXT NOT NULL COLLATE NOCASE, at INTEGER NOT NULL) STRICT;
CREATE INDEX wrong_passwords_of_email ON wrong_passwords (email, at);
CREATE TABLE recent_writes (sid TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE INDEX recent_writes_of_session ON recent_writes (sid, at);

-- Outlives whom it names: no references.
CREATE TABLE audit (
    id INTEGER PRIMARY KEY, at INTEGER NOT NULL, event TEXT NOT NULL, actor_user INTEGER, actor_coworker INTEGER,
    target_user INTEGER, target_coworker INTEGER, sid TEXT, detail TEXT NOT NULL
) STRICT;
";
