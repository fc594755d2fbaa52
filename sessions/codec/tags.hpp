// Tag numbers by FIX name, for the fields that this room reads or writes.
#pragma once

namespace sluice::codec::tag {

inline constexpr int kAccount = 1;
inline constexpr int kAvgPx = 6;
inline constexpr int kBeginString = 8;
inline constexpr int kBodyLength = 9;
inline constexpr int kCheckSum = 10;
inline constexpr int kClOrdId = 11;
inline constexpr int kCumQty = 14;
inline constexpr int kExecId = 17;
inline constexpr int kExecInst = 18;
inline constexpr int kExecRefId = 19;
inline constexpr int kExecTransType = 20;
inline constexpr int kHandlInst = 21;
inline constexpr int kLastPx = 31;
inline constexpr int kLastQty = 32;
inline constexpr int kMsgSeqNum = 34;
inline constexpr int kMsgType = 35;
inline constexpr int kOrderId = 37;
inline constexpr int kOrderQty = 38;
inline constexpr int kOrdStatus = 39;
inline constexpr int kOrdType = 40;
inline constexpr int kOrigClOrdId = 41;
inline constexpr int kPossDupFlag = 43;
inline constexpr int kPrice = 44;
inline constexpr int kRefSeqNum = 45;
inline constexpr int kSenderCompId = 49;
inline constexpr int kSendingTime = 52;
inline constexpr int kSide = 54;
inline constexpr int kSymbol = 55;
inline constexpr int kTargetCompId = 56;
inline constexpr int kText = 58;
inline constexpr int kTimeInForce = 59;
inline constexpr int kTransactTime = 60;
inline constexpr int kPossResend = 97;
inline constexpr int kStopPx = 99;
inline constexpr int kExDestination = 100;
inline constexpr int kCxlRejReason = 102;
inline constexpr int kOrdRejReason = 103;
inline constexpr int kMinQty = 110;
inline constexpr int kMaxFloor = 111;
inline constexpr int kLocateReqd = 114;
inline constexpr int kExpireTime = 126;
inline constexpr int kExecType = 150;
inline constexpr int kLeavesQty = 151;
inline constexpr int kCashOrderQty = 152;
inline constexpr int kEffectiveTime = 168;
inline constexpr int kOrderQty2 = 192;
inline constexpr int kSettlDate2 = 193;
inline constexpr int kMaxShow = 210;
inline constexpr int kPegOffsetValue = 211;
inline constexpr int kRefMsgType = 372;
inline constexpr int kExecRestatementReason = 378;
inline constexpr int kBusinessRejectRefId = 379;
inline constexpr int kBusinessRejectReason = 380;
inline constexpr int kNoTradingSessions = 386;
inline constexpr int kDiscretionInst = 388;
inline constexpr int kDiscretionOffsetValue = 389;
inline constexpr int kPriceType = 423;
inline constexpr int kExpireDate = 432;
inline constexpr int kCxlRejResponseTo = 434;
inline constexpr int kOrderPercent = 516;
inline constexpr int kTargetStrategy = 847;
inline constexpr int kQtyType = 854;
inline constexpr int kPegPriceType = 1094;
inline constexpr int kDisplayQty = 1138;

}  // namespace sluice::codec::tag
