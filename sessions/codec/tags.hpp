// The tag numbers that this house reads and writes, under FIX's own names. A name that changed
// between versions stands under the latest one: LastQty(32) is LastShares(32) in FIX 4.2.
#pragma once

namespace sluice::codec::tag {

// Header and trailer.
inline constexpr int BeginString = 8;
inline constexpr int BodyLength = 9;
inline constexpr int CheckSum = 10;
inline constexpr int MsgSeqNum = 34;
inline constexpr int MsgType = 35;
inline constexpr int PossDupFlag = 43;
inline constexpr int SenderCompID = 49;
inline constexpr int SenderSubID = 50;
inline constexpr int SendingTime = 52;
inline constexpr int TargetCompID = 56;
inline constexpr int PossResend = 97;
inline constexpr int OnBehalfOfCompID = 115;
inline constexpr int OrigSendingTime = 122;

// What an order is.
inline constexpr int Account = 1;
inline constexpr int ClOrdID = 11;
inline constexpr int HandlInst = 21;
inline constexpr int ExecInst = 18;
inline constexpr int OrderQty = 38;
inline constexpr int OrdType = 40;
inline constexpr int OrigClOrdID = 41;
inline constexpr int Price = 44;
inline constexpr int Side = 54;
inline constexpr int Symbol = 55;
inline constexpr int TimeInForce = 59;
inline constexpr int TransactTime = 60;
inline constexpr int StopPx = 99;
inline constexpr int ExDestination = 100;
inline constexpr int LocateReqd = 114;
inline constexpr int LocateID = 5700;  // user-defined: the id of a located loan of stock

inline constexpr int MaxFloor = 111;
inline constexpr int ExpireTime = 126;
inline constexpr int ExpireDate = 432;
inline constexpr int DisplayQty = 1138;

// Handed on, with a counterpart in other versions (extras.hpp).
inline constexpr int Rule80A = 47;  // FIX 4.2, as the next four
inline constexpr int ExecBroker = 76;
inline constexpr int ClientID = 109;
inline constexpr int ClearingFirm = 439;
inline constexpr int ClearingAccount = 440;
inline constexpr int NoContraBrokers = 382;
inline constexpr int PartyIDSource = 447;
inline constexpr int PartyID = 448;
inline constexpr int PartyRole = 452;
inline constexpr int NoPartyIDs = 453;
inline constexpr int NoSecurityAltID = 454;
inline constexpr int OrderCapacity = 528;
inline constexpr int OrderRestrictions = 529;
inline constexpr int NoOrderAttributes = 2593;

// Instructions that would change what an order is and that are not carried.
inline constexpr int MinQty = 110;
inline constexpr int CashOrderQty = 152;
inline constexpr int EffectiveTime = 168;
inline constexpr int OrderQty2 = 192;
inline constexpr int SettlDate2 = 193;
inline constexpr int MaxShow = 210;
inline constexpr int PegOffsetValue = 211;
inline constexpr int NoTradingSessions = 386;
inline constexpr int DiscretionInst = 388;
inline constexpr int DiscretionOffsetValue = 389;
inline constexpr int PriceType = 423;
inline constexpr int OrderPercent = 516;
inline constexpr int QtyType = 854;
inline constexpr int PegPriceType = 1094;

// What is said about an order.
inline constexpr int AvgPx = 6;
inline constexpr int CumQty = 14;
inline constexpr int ExecID = 17;
inline constexpr int ExecRefID = 19;
inline constexpr int ExecTransType = 20;  // FIX 4.2
inline constexpr int LastPx = 31;
inline constexpr int LastQty = 32;
inline constexpr int OrderID = 37;
inline constexpr int OrdStatus = 39;
inline constexpr int RefSeqNum = 45;
inline constexpr int Text = 58;
inline constexpr int CxlRejReason = 102;
inline constexpr int OrdRejReason = 103;
inline constexpr int ExecType = 150;
inline constexpr int LeavesQty = 151;
inline constexpr int RefMsgType = 372;
inline constexpr int SessionRejectReason = 373;
inline constexpr int ExecRestatementReason = 378;
inline constexpr int BusinessRejectRefID = 379;
inline constexpr int BusinessRejectReason = 380;
inline constexpr int CxlRejResponseTo = 434;
inline constexpr int DayOrderQty = 424;
inline constexpr int DayCumQty = 425;
inline constexpr int DayAvgPx = 426;
inline constexpr int CopyMsgIndicator = 797;

// DontKnowTrade(Q).
inline constexpr int DKReason = 127;

// Lists and requests about many orders.
inline constexpr int ListID = 66;
inline constexpr int ListSeqNo = 67;
inline constexpr int TotNoOrders = 68;
inline constexpr int NoOrders = 73;
inline constexpr int NoRpts = 82;
inline constexpr int RptSeq = 83;
inline constexpr int CxlQty = 84;
inline constexpr int ListStatusType = 429;
inline constexpr int ListOrderStatus = 431;
inline constexpr int MassCancelRequestType = 530;
inline constexpr int MassCancelResponse = 531;
inline constexpr int MassCancelRejectReason = 532;
inline constexpr int TotalAffectedOrders = 533;
inline constexpr int MassStatusReqID = 584;
inline constexpr int MassStatusReqType = 585;
inline constexpr int OrdStatusReqID = 790;
inline constexpr int TotNumReports = 911;
inline constexpr int LastRptRequested = 912;
inline constexpr int MassActionReportID = 1369;
inline constexpr int TradingSessionID = 336;
inline constexpr int MarketSegmentID = 1300;
inline constexpr int MarketID = 1301;
inline constexpr int ListExecInstType = 433;
inline constexpr int LastFragment = 893;
inline constexpr int ContingencyType = 1385;

}  // namespace sluice::codec::tag
