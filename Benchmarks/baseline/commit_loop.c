// SPDX-License-Identifier: Apache-2.0
//
// What a durable decision log costs at the least: the same work as Writ's commit, in plain C, nothing else.
//
//     cc -O2 -Wall -Wextra -Werror -o commit_loop commit_loop.c -lsqlite3 -lcrypto     (or: make)
//     commit_loop commit DIRECTORY [-n rows per commit = 64] [-s seconds = 5] [-e entry bytes = 1200] [-v evidence bytes = 900]
//     commit_loop fdatasync DIRECTORY [-s seconds = 5]
//
// commit: per row one RFC 6962 leaf hash, one Ed25519 signature over "writ.receipt/1\n" || SHA-256(entry), and an
// insert into each of two tables; one transaction per -n rows, WAL, synchronous=FULL (read back and asserted).
// fdatasync: 4 KiB pwrite to the end of a file, then fdatasync: what the disk allows.
// Prints one JSON object. Times are in microseconds. Makes its files in a new folder inside DIRECTORY and removes them.

#define _GNU_SOURCE
#include <fcntl.h>
#include <openssl/evp.h>
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { DIGEST = 32, ID = 16, SIGNATURE = 64, BLOCK = 4096, MOST_BYTES = 60000, MOST_ROWS = 100000 };

static char folder[4096];

static void remove_files(void) {
    static const char *const names[] = {"log.sqlite-wal", "log.sqlite-shm", "log.sqlite", "blocks"};
    char path[4200];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    rmdir(folder);
}

static void die(const char *what, const char *why) {
    fprintf(stderr, "commit_loop: %s: %s\n", what, why);
    exit(1);
}

static double now_us(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1e6 + t.tv_nsec / 1e3;
}

// Durations, and their quantiles once all are in.
struct times {
    double *us;
    size_t count, room;
};

static void add_time(struct times *times, double us) {
    if (times->count == times->room) {
        times->room = times->room ? 2 * times->room : 4096;
        times->us = realloc(times->us, times->room * sizeof *times->us);
        if (!times->us) die("times", "out of memory");
    }
    times->us[times->count++] = us;
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double quantile(struct times *times, double q) {
    qsort(times->us, times->count, sizeof *times->us, by_size);
    return times->us[(size_t)(q * (times->count - 1) + 0.5)];
}

static void run_sql(sqlite3 *db, const char *sql) {
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK) die(sql, sqlite3_errmsg(db));
}

// Reads a pragma back: a silently different journal mode would make every number here a lie.
static void assert_pragma(sqlite3 *db, const char *sql, const char *wanted) {
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK) die(sql, sqlite3_errmsg(db));
    if (sqlite3_step(statement) != SQLITE_ROW) die(sql, "no answer");
    if (strcmp((const char *)sqlite3_column_text(statement, 0), wanted) != 0) die(sql, "not as set");
    sqlite3_finalize(statement);
}

static void insert(sqlite3 *db, sqlite3_stmt *statement) {
    if (sqlite3_step(statement) != SQLITE_DONE) die("insert", sqlite3_errmsg(db));
    sqlite3_reset(statement);
}

static void digest(EVP_MD_CTX *context, const EVP_MD *sha256, int prefix, const uint8_t *bytes, size_t count, uint8_t *out) {
    uint8_t leaf = 0;
    int ok = EVP_DigestInit_ex(context, sha256, NULL) && (!prefix || EVP_DigestUpdate(context, &leaf, 1)) &&
             EVP_DigestUpdate(context, bytes, count) && EVP_DigestFinal_ex(context, out, NULL);
    if (!ok) die("SHA-256", "failed");
}

static void commit_loop(double seconds, int rows, int entry_bytes, int evidence_bytes) {
    char path[4200];
    sqlite3 *db;
    sqlite3_stmt *entry_row, *evidence_row;
    snprintf(path, sizeof path, "%s/log.sqlite", folder);
    if (sqlite3_open(path, &db) != SQLITE_OK) die(path, sqlite3_errmsg(db));
    run_sql(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                "CREATE TABLE entries(idx INTEGER PRIMARY KEY, id BLOB UNIQUE, leaf BLOB, body BLOB);"
                "CREATE TABLE evidence(id BLOB PRIMARY KEY, body BLOB);");
    assert_pragma(db, "PRAGMA journal_mode", "wal");
    assert_pragma(db, "PRAGMA synchronous", "2");
    if (sqlite3_prepare_v2(db, "INSERT INTO entries VALUES(?,?,?,?)", -1, &entry_row, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(db, "INSERT INTO evidence VALUES(?,?)", -1, &evidence_row, NULL) != SQLITE_OK)
        die("prepare", sqlite3_errmsg(db));

    const EVP_MD *sha256 = EVP_sha256();
    EVP_MD_CTX *hashing = EVP_MD_CTX_new(), *signing = EVP_MD_CTX_new();
    EVP_PKEY *key = EVP_PKEY_Q_keygen(NULL, NULL, "ED25519");
    if (!hashing || !signing || !key) die("OpenSSL", "no key");

    uint8_t *entry = malloc(entry_bytes), *evidence = malloc(evidence_bytes);
    if (!entry || !evidence) die("rows", "out of memory");
    memset(entry, 'e', entry_bytes);
    memset(evidence, 'v', evidence_bytes);
    uint8_t id[ID] = {0}, leaf[DIGEST], message[15 + DIGEST];
    memcpy(message, "writ.receipt/1\n", 15);

    struct times commits = {0};
    int64_t index = 0;
    double start = now_us(), end = start;
    while (end - start < seconds * 1e6) {
        double begun = end;
        run_sql(db, "BEGIN IMMEDIATE");
        for (int row = 0; row < rows; row++, index++) {
            size_t signature_bytes = SIGNATURE;
            for (int i = 0; i < 8; i++) id[i] = entry[i] = (uint8_t)(index >> (56 - 8 * i));
            digest(hashing, sha256, 0, entry, entry_bytes, message + 15);
            if (!EVP_DigestSignInit(signing, NULL, NULL, NULL, key) ||
                !EVP_DigestSign(signing, entry + 8, &signature_bytes, message, sizeof message))
                die("Ed25519", "failed");
            EVP_MD_CTX_reset(signing);
            digest(hashing, sha256, 1, entry, entry_bytes, leaf);
            sqlite3_bind_int64(entry_row, 1, index);
            sqlite3_bind_blob(entry_row, 2, id, ID, SQLITE_STATIC);
            sqlite3_bind_blob(entry_row, 3, leaf, DIGEST, SQLITE_STATIC);
            sqlite3_bind_blob(entry_row, 4, entry, entry_bytes, SQLITE_STATIC);
            insert(db, entry_row);
            sqlite3_bind_blob(evidence_row, 1, id, ID, SQLITE_STATIC);
            sqlite3_bind_blob(evidence_row, 2, evidence, evidence_bytes, SQLITE_STATIC);
            insert(db, evidence_row);
        }
        run_sql(db, "COMMIT");
        end = now_us();
        add_time(&commits, end - begun);
    }
    double took = (end - start) / 1e6;
    printf("{\"what\": \"commit\", \"rows_per_commit\": %d, \"entry_bytes\": %d, \"evidence_bytes\": %d, "
           "\"journal_mode\": \"wal\", \"synchronous\": \"full\", \"sqlite\": \"%s\", \"seconds\": %.2f, "
           "\"rows_per_s\": %.0f, \"commits_per_s\": %.1f, \"p50_commit_us\": %.0f, \"p99_commit_us\": %.0f}\n",
           rows, entry_bytes, evidence_bytes, sqlite3_libversion(), took, index / took, commits.count / took,
           quantile(&commits, 0.5), quantile(&commits, 0.99));
    sqlite3_finalize(entry_row);
    sqlite3_finalize(evidence_row);
    if (sqlite3_close(db) != SQLITE_OK) die(path, "not closed");
}

static void sync_loop(double seconds) {
    char path[4200], block[BLOCK];
    snprintf(path, sizeof path, "%s/blocks", folder);
    int file = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
    if (file < 0) die(path, "cannot be made");
    memset(block, 'b', BLOCK);
    struct times syncs = {0};
    double start = now_us(), end = start;
    while (end - start < seconds * 1e6) {
        double begun = end;
        if (pwrite(file, block, BLOCK, (off_t)syncs.count * BLOCK) != BLOCK) die(path, "cannot be written");
        if (fdatasync(file) != 0) die(path, "cannot be synced");
        end = now_us();
        add_time(&syncs, end - begun);
    }
    double took = (end - start) / 1e6;
    printf("{\"what\": \"fdatasync\", \"bytes\": %d, \"seconds\": %.2f, \"syncs_per_s\": %.1f, \"p50_us\": %.0f, "
           "\"p99_us\": %.0f}\n",
           BLOCK, took, syncs.count / took, quantile(&syncs, 0.5), quantile(&syncs, 0.99));
    close(file);
}

static double number(const char *text, double least, double most) {
    char *rest;
    double value = strtod(text, &rest);
    if (*text == 0 || *rest != 0 || !(value >= least && value <= most)) {
        fprintf(stderr, "commit_loop: %s is not a number from %g to %g\n", text, least, most);
        exit(64);
    }
    return value;
}

int main(int argc, char **argv) {
    double seconds = 5;
    int rows = 64, entry_bytes = 1200, evidence_bytes = 900, option, usage = argc < 3;
    const char *what = usage ? "" : argv[1], *directory = usage ? "" : argv[2];
    optind = 3;
    while (!usage && (option = getopt(argc, argv, "n:s:e:v:")) != -1) {
        if (option == 'n') rows = (int)number(optarg, 1, MOST_ROWS);
        else if (option == 's') seconds = number(optarg, 0.01, 3600);
        else if (option == 'e') entry_bytes = (int)number(optarg, 8 + SIGNATURE, MOST_BYTES);
        else if (option == 'v') evidence_bytes = (int)number(optarg, 1, MOST_BYTES);
        else usage = 1;
    }
    if (usage || optind != argc || (strcmp(what, "commit") != 0 && strcmp(what, "fdatasync") != 0)) {
        fprintf(stderr, "usage: commit_loop commit|fdatasync DIRECTORY [-n rows] [-s seconds] [-e bytes] [-v bytes]\n");
        return 64;
    }
    if (snprintf(folder, sizeof folder, "%s/commit_loop.XXXXXX", directory) >= (int)sizeof folder || !mkdtemp(folder))
        die(directory, "no folder can be made in it");
    atexit(remove_files);
    if (strcmp(what, "commit") == 0) commit_loop(seconds, rows, entry_bytes, evidence_bytes);
    else sync_loop(seconds);
    return 0;
}
