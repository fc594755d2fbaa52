// The two documents that are in the binary.
#include "gateway/config/loader.hpp"

namespace sluice::config {
namespace {

constexpr std::string_view kDemo = R"(# sluice demo: everything on this machine.
instance: G
data_dir: sluice-demo
two_person: false
accept_changes: false

listeners:
  - {name: demo, address: 127.0.0.1, port: 9876}

accounts:
  - id: DEMO
    currency: USD
    max_order_qty: 10000
    max_order_notional: 25000
    max_gross_notional: 5000000
    max_net_notional: 2500000
    max_long: 50000
    max_short: 50000
    max_open_orders: 500
    throttle: {rate: 50, burst: 100}

sessions:
  - id: TRADER1
    begin_string: FIX.4.4
    addresses: [127.0.0.0/8, "::1"]
    accounts: [DEMO]
    default_account: DEMO
    throttle: {rate: 50, burst: 100}
  - id: TRADER2
    begin_string: FIX.4.2
    addresses: [127.0.0.0/8, "::1"]
    accounts: [DEMO]
    default_account: DEMO
    throttle: {rate: 50, burst: 100}
  - id: TRADER3
    begin_string: FIXT.1.1
    default_appl_ver_id: FIX.5.0SP2
    addresses: [127.0.0.0/8, "::1"]
    accounts: [DEMO]
    default_account: DEMO
    throttle: {rate: 50, burst: 100}

instrument_defaults:
  currency: USD
  max_ref_age: unlimited
  allow_close: true
  collar: {bps: 1000}

instruments:
  - {symbol: AAPL, close: 187.49}
  - {symbol: MSFT, close: 415.25}
  - {symbol: EURUSD, tick: 0.00001, lot: 1000, close: 1.08505}

venues:
  - id: SIM
    type: sim
    books:
      - symbol: AAPL
        bids:
          - {price: 187.46, qty: 80}
          - {price: 187.45, qty: 300}
          - {price: 187.40, qty: 1000}
        asks:
          - {price: 187.48, qty: 60}
          - {price: 187.50, qty: 400}
          - {price: 187.55, qty: 1000}
      - symbol: MSFT
        bids:
          - {price: 415.20, qty: 50}
          - {price: 415.10, qty: 250}
        asks:
          - {price: 415.30, qty: 50}
          - {price: 415.40, qty: 250}
      - symbol: EURUSD
        bids:
          - {price: 1.08500, qty: 100000}
          - {price: 1.08490, qty: 500000}
        asks:
          - {price: 1.08510, qty: 100000}
          - {price: 1.08520, qty: 500000}
)";

constexpr std::string_view kStarter =
    R"(# Sluice's configuration. All keys, types and defaults: docs/configuration.md
#
#   sluice config check sluice.yaml      every mistake of this file, at once
#   sluice run sluice.yaml               starts the gateway
#   sluice config apply sluice.yaml      applies a change to the running gateway

# Prefix of every OrderID(37) and ExecID(17); different for each gateway of the firm.
instance: A
data_dir: data
market_zone: UTC

journal:
  durability: synced            # a power cut loses nothing; written: faster, survives kill -9 only

# Clients of this machine only. For others: bind to 0.0.0.0 and give the listener a certificate.
listeners:
  - name: clients
    address: 127.0.0.1
    port: 9876
#   tls:
#     certificate: tls/gateway.pem
#     key: tls/gateway.key
#     ca: tls/clients-ca.pem    # issuers of your clients' certificates
#     client_certificate: required

# Limits are decimals, or the word unlimited. What is not set at an account has to be set at its
# group or here; the check says what is missing. Every level is checked, the strictest decides.
firm:
  max_gross_notional: 50000000

groups:
  - id: DESK-A
    max_net_notional: 10000000

accounts:
  - id: ACC1
    group: DESK-A
    currency: USD
    max_order_qty: 5000
    max_order_notional: 250000
    max_gross_notional: 5000000
    max_net_notional: 3000000
    max_long: 20000
    max_short: 20000
    max_open_orders: 2000
    symbols:                    # tighter limits for single instruments
      - {symbol: XYZ, max_long: 2000, max_short: 0}

# SenderCompID(49) and TargetCompID(56) are those of the messages we send: the client logs on with
# the two exchanged. Username and password: sluice hash-password prints the text for `password`.
sessions:
  - id: CLIENT1
    begin_string: FIX.4.4
    sender_comp_id: SLUICE
    target_comp_id: CLIENT1
    addresses: [127.0.0.1]
    accounts: [ACC1]
    default_account: ACC1
    throttle: {rate: 200, burst: 400}
    heartbeat: {min: 10s, max: 1m}

# What every instrument starts from. A market order and the collar need a reference price: a quote
# or last price that is young enough, or, with allow_close, the close.
instrument_defaults:
  currency: USD
  tick: 0.01
  lot: 1
  allow_close: true
  max_ref_age: 5s
  market_buffer_bps: 500
  collar: {bps: 500}

instruments:
  - {symbol: ABC, close: 101.25}
  - {symbol: XYZ, close: 48.10}

# SIM is the venue inside the gateway, for tests. A venue that speaks FIX is below it.
venues:
  - id: SIM
    type: sim
    books:
      - symbol: ABC
        bids: [{price: 101.20, qty: 500}]
        asks: [{price: 101.30, qty: 500}]
# - id: EXCH
#   type: fix
#   begin_string: FIX.4.4
#   sender_comp_id: MYFIRM
#   target_comp_id: EXCH
#   host: fix.exchange.example
#   port: 9443
#   tls: {ca: tls/exchange-ca.pem}
#   username: myfirm
#   password_file: secrets/exch.password

# The first row that matches an order decides; venues are tried in their order.
routes:
  - venues: [SIM]
)";

}  // namespace

std::string_view demo_document() {
    return kDemo;
}

std::string_view starter_document() {
    return kStarter;
}

}  // namespace sluice::config
