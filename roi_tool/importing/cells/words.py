"""Words in cells that carry a meaning: which way a call went, whether it was answered, a total, the kind of a charge."""

from __future__ import annotations

import re
from functools import lru_cache

from roi_tool.cdr import ChargeKind, Direction

_OUT = "o out outbound outgoing outgoing call out call originating originated mo made dialled dialed placed moc outgoing-call outbound call ausgehend ausgang abgehend sortant émis emis saliente salientes uscente uscenti sainte efetuada originada realizada 主叫 呼出 拨出 去电 拨打 主叫通话 呼出电话 已拨"
_IN = "i in inbound incoming incoming call in call terminating terminated mt received mtc missed incoming-call inbound call eingehend eingang ankommend entrant reçu recu manqué entrante entrantes perdida in entrata ricevuta recebida entrada verpasst angenommen 被叫 呼入 接听 来电 已接 未接 被叫通话 呼入电话 incoming cl incoming collect missed call"
_INTERNAL = "internal int intern interne interno interna ext-to-ext extension on-net internal call 内部 内线 内部通话"
_STATUS = {
    "answered", "no answer", "busy", "failed", "congestion", "cancel", "chanunavail", "normal_clearing", "originator_cancel", "user_busy",
    "no_answer", "missed", "unanswered", "answer", "completed", "complete", "not answered", "noanswer", "rejected", "connected", "abandoned",
}  # fmt: skip
_UNANSWERED = re.compile(
    r"no[ _-]?answer|busy|fail|cancel|congest|unavail|missed|unanswered|not answered|reject|abandon|nicht angenommen|verpasst|未接|无应答|忙|manqu|perdid",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"^\W*(?:(?:grand|sub|running|invoice|bill|page|account|call|calls|usage|overall|net|gross|amount)[\s-]*)*(?:total|totals|subtotal|amount due|balance due|total due)\b"
    r"|^\W*(?:gesamt|summe|zwischensumme|rechnungsbetrag|endbetrag|total[es]?|sous-total|montant total|net à payer|importe total|totale|subtotal|valor total)(?!\w)"
    r"|^\W*(?:gesamtbetrag|gesamtsumme|rechnungssumme|zu zahlen|total à payer|total a pagar)"
    r"|^\W*(?:合计|总计|小计|总金额|费用合计|应付|本期费用合计|本页小计|总额|共计)",
    re.IGNORECASE,
)
_KINDS: tuple[tuple[ChargeKind, str], ...] = (
    (ChargeKind.TAX, r"\bvat\b|\bgst\b|\btax(?:es)?\b|mwst|\bust\b|umsatzsteuer|mehrwertsteuer|\btva\b|\biva\b|\bicms\b|impuesto|imposta|imposto|税(?!前|后)|\bhst\b|\bpst\b|excise"),
    (ChargeKind.DISCOUNT, r"discount|rebate|rabatt|nachlass|remise|descuento|sconto|desconto|优惠|折扣|减免|\bsaving\b|promotion|\bpromo\b"),
    (ChargeKind.CREDIT, r"\bcredit(?! card)|gutschrift|avoir|abono\b|accredito|crédito|refund|退费|返还|抵扣|rückerstattung"),
    (ChargeKind.ONE_OFF, r"install|set[- ]?up|activation|one[- ]?off|one[- ]?time|connection fee|non[- ]recurring|nrc\b|engineer|visit|einmalig|einrichtung|anschlussgebühr|bereitstellung|mise en service|frais d.activation|alta\b|attivazione|ativação|工料|一次性|安装|开户|porting|\bmove\b"),
    (ChargeKind.FEE, r"\bfees?\b|surcharge|levy|\busf\b|universal service|regulatory|administrat|recovery|911|itemis|paper bill|late payment|access charge|zuschlag|servicepauschale|frais|cargo\b|手续费|滞纳金|compliance|assessment"),
    (ChargeKind.RECURRING, r"rent|monthly|per month|subscription|recurring|\bmrc\b|licen[cs]e|seat|\bplan\b|package|support|maintenance|grundgebühr|grundpreis|monatlich|miete|flatrate|pauschale|anschluss|rufnummernblock|abonnement|forfait|abono mensual|cuota|canone|assinatura|mensalidade|月租|月费|月基本费|套餐|月功能费|功能费|租费|租金|固定费"),
    (ChargeKind.USAGE_SUMMARY, r"\bcalls?\b|usage|minutes|call charges|gespräche|verbindungen|verbindungsentgelte|\bappels\b|communications|consommation|llamadas|consumo|chiamate|traffico|chamadas|ligações|通话费|长途费|市话费|话费|语音|短信费|\bsms\b|\bdata\b|流量|roaming"),
)  # fmt: skip
_KIND_PATTERNS = [(kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _KINDS]
_RECURRING_WINS = re.compile(r"rental|monthly|subscription|recurring|月租|月费|grundgebühr|per month|mrc\b", re.IGNORECASE)


def _phrases(text: str, longer: tuple[str, ...] = ()) -> frozenset[str]:
    return frozenset(text.split()) | frozenset(longer)


_OUT_WORDS = _phrases(_OUT, ("outgoing call", "out call", "outbound call", "mobile originated"))
_IN_WORDS = _phrases(
    _IN,
    (
        "incoming call",
        "in call",
        "inbound call",
        "incoming cl",
        "incoming collect",
        "missed call",
        "in entrata",
        "mobile terminated",
    ),
) - {"cl", "call"}
_INTERNAL_WORDS = _phrases(_INTERNAL, ("internal call",))


@lru_cache(maxsize=65536)
def direction_of(cell: str) -> Direction | None:
    """Return the direction that a cell names, None when it names none.

    >>> direction_of("主叫").value, direction_of("Incoming").value
    ('outbound', 'inbound')
    """
    text = cell.strip().casefold()
    if text in _OUT_WORDS - {"call"}:
        return Direction.OUTBOUND
    if text in _IN_WORDS:
        return Direction.INBOUND
    if text in _INTERNAL_WORDS:
        return Direction.INTERNAL
    if re.match(r"(?:inbound|incoming|received|eingehend|entrant|被叫|呼入)", text):
        return Direction.INBOUND
    if re.match(r"(?:outbound|outgoing|ausgehend|abgehend|sortant|salient|主叫|呼出)", text):
        return Direction.OUTBOUND
    return Direction.INTERNAL if re.match(r"(?:internal|内部|内线)", text) else None


def is_status_word(cell: str) -> bool:
    """Say whether a cell is a word for how a call ended."""
    return cell.strip().casefold() in _STATUS


@lru_cache(maxsize=65536)
def is_unanswered(cell: str) -> bool:
    """Say whether a status means that nobody talked."""
    return bool(_UNANSWERED.search(cell))


@lru_cache(maxsize=65536)
def is_total_label(cell: str) -> bool:
    """Say whether a cell labels a total or a subtotal."""
    return len(cell) < 80 and bool(_TOTAL.search(cell.strip()))


def charge_kind_of(description: str) -> ChargeKind | None:
    """Return the kind that a description of a charge names, None when it names none."""
    if _RECURRING_WINS.search(description) and not re.search(
        r"\bvat\b|\btax\b|discount|credit|rabatt", description, re.IGNORECASE
    ):
        return ChargeKind.RECURRING
    for kind, pattern in _KIND_PATTERNS:
        if pattern.search(description):
            return kind
    return None
