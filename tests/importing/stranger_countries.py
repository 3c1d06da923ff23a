"""Countries and languages that invented bills are written in: titles, words, numbers kept for drama where there are some."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Country:
    zone: str
    currency: str
    sign: str
    language: str
    own: str
    called: tuple[str, ...]
    code: str
    decimal: str = "."
    month_first: bool = False
    trunk: str = ""


COUNTRIES = {
    "GB": Country("Europe/London", "GBP", "£", "en", "02079460018", ("01134960%03d", "07700900%03d"), "44", trunk="0"),
    "US": Country("America/New_York", "USD", "$", "us", "2125550134", ("2125550%03d", "8005550%03d"), "1", month_first=True),
    "AU": Country("Australia/Sydney", "AUD", "$", "en", "0255501234", ("0355501%03d", "0491570%03d"), "61", trunk="0"),
    "DE": Country("Europe/Berlin", "EUR", "€", "de", "03023125001", ("06990009%03d",), "49", ",", trunk="0"),
    "FR": Country("Europe/Paris", "EUR", "€", "fr", "0199001234", ("0199004%03d", "0639980%03d"), "33", ",", trunk="0"),
    "ES": Country("Europe/Madrid", "EUR", "€", "es", "912345678", ("932345%03d", "612345%03d"), "34", ","),
    "IT": Country("Europe/Rome", "EUR", "€", "it", "0212345678", ("0612345%03d", "3331234%03d"), "39", ","),
    "BR": Country("America/Sao_Paulo", "BRL", "R$", "pt", "1132345678", ("2132345%03d", "1191234%03d5"), "55", ","),
    "PT": Country("Europe/Lisbon", "EUR", "€", "pt", "211234567", ("221234%03d", "912345%03d"), "351", ","),
    "CN": Country("Asia/Shanghai", "CNY", "¥", "zh", "01062345678", ("0212345%03d1", "13800138%03d"), "86", trunk="0"),
}
"""In the United States the longest habit is the month first; Italy keeps its leading zero."""


@dataclass(frozen=True)
class Words:
    date: tuple[str, ...]
    time: tuple[str, ...]
    moment: tuple[str, ...]
    caller: tuple[str, ...]
    called: tuple[str, ...]
    duration: tuple[str, ...]
    seconds: tuple[str, ...]
    milliseconds: str
    charge: tuple[str, ...]
    direction: tuple[str, ...]
    ways: tuple[str, str]
    """Out, in."""
    total: tuple[str, ...]
    account: str
    period: str
    until: str
    taxed: tuple[str, str]
    """Without, with."""
    months: str
    weekdays: str
    rental: str
    rate: str


_ENGLISH_MONTHS = "January February March April May June July August September October November December"
WORDS = {
    "en": Words(
        ("Date", "Call Date", "Date of Call"), ("Time", "Start Time", "Time of Call"), ("Date/Time", "Call Start"),
        ("From", "Calling Number", "CLI", "A Number"), ("To", "Called Number", "Number Dialled", "B Number"),
        ("Duration", "Call Length", "Length of Call"), ("Duration (secs)", "Seconds"), "Duration (ms)",
        ("Cost", "Charge", "Call Charge", "Price"), ("Direction", "Call Direction"), ("Outgoing", "Incoming"),
        ("Total", "Grand Total"), "Account Number", "Billing Period", "to", ("All prices exclude VAT", "Prices include VAT"),
        _ENGLISH_MONTHS, "Mon Tue Wed Thu Fri Sat Sun", "Line rental", "Rate per minute",
    ),
    "de": Words(
        ("Datum", "Anrufdatum"), ("Uhrzeit", "Zeit", "Beginn"), ("Datum/Uhrzeit", "Verbindungsbeginn"),
        ("Von", "Anrufer", "A-Rufnummer"), ("An", "Zielrufnummer", "Gewählte Rufnummer"),
        ("Dauer", "Gesprächsdauer"), ("Sekunden", "Dauer (Sek.)"), "Dauer (ms)",
        ("Betrag", "Kosten", "Entgelt"), ("Richtung", "Anrufrichtung"), ("ausgehend", "eingehend"),
        ("Summe", "Gesamtbetrag"), "Kundennummer", "Abrechnungszeitraum", "bis",
        ("Alle Preise zzgl. MwSt.", "Alle Preise inkl. 19 % MwSt."),
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember", "Mo Di Mi Do Fr Sa So",
        "Grundgebühr", "Preis pro Minute",
    ),
    "fr": Words(
        ("Date", "Date d'appel", "Jour"), ("Heure", "Heure d'appel"), ("Date et heure", "Horodatage"),
        ("Appelant", "Numéro appelant", "N° appelant"), ("Appelé", "Numéro appelé", "Correspondant"),
        ("Durée", "Durée de l'appel"), ("Durée (s)", "Durée en secondes"), "Durée (ms)",
        ("Montant", "Coût", "Prix"), ("Sens", "Sens de l'appel"), ("Sortant", "Entrant"),
        ("Total", "Montant total"), "N° de client", "Période", "au", ("Tous les prix sont HT", "Prix TTC"),
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "lun. mar. mer. jeu. ven. sam. dim.", "Abonnement mensuel", "Prix par minute",
    ),
    "es": Words(
        ("Fecha", "Fecha de llamada", "Día"), ("Hora", "Hora de inicio"), ("Fecha y hora", "Inicio de llamada"),
        ("Origen", "Número origen"), ("Destino", "Número destino", "Número marcado"),
        ("Duración", "Duración de la llamada"), ("Duración (s)", "Segundos"), "Duración (ms)",
        ("Importe", "Coste", "Precio"), ("Sentido", "Dirección"), ("Saliente", "Entrante"),
        ("Total", "Importe total"), "N.º de cliente", "Periodo", "al", ("Precios sin IVA", "IVA incluido"),
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "lun mar mié jue vie sáb dom", "Cuota mensual", "Precio por minuto",
    ),
    "it": Words(
        ("Data", "Data chiamata"), ("Ora", "Ora inizio", "Orario"), ("Data e ora", "Inizio chiamata"),
        ("Chiamante", "Numero chiamante", "Da"), ("Chiamato", "Numero chiamato", "A"),
        ("Durata", "Durata conversazione"), ("Durata (sec)", "Secondi"), "Durata (ms)",
        ("Importo", "Costo", "Costo chiamata"), ("Direzione", "Verso"), ("In uscita", "In entrata"),
        ("Totale", "Totale generale"), "Codice cliente", "Periodo", "al", ("Prezzi IVA esclusa", "Prezzi IVA inclusa"),
        "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
        "lun mar mer gio ven sab dom", "Canone mensile", "Prezzo al minuto",
    ),
    "pt": Words(
        ("Data", "Data da ligação"), ("Hora", "Horário"), ("Data e hora", "Início da chamada"),
        ("Origem", "Número de origem"), ("Destino", "Número chamado", "Telefone destino"),
        ("Duração", "Tempo"), ("Duração (s)", "Segundos"), "Duração (ms)",
        ("Valor", "Custo", "Valor cobrado"), ("Sentido", "Direção"), ("Saída", "Entrada"),
        ("Total", "Total geral"), "Código do cliente", "Período", "a", ("Preços sem impostos", "Impostos incluídos"),
        "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
        "seg ter qua qui sex sáb dom", "Assinatura mensal", "Preço por minuto",
    ),
    "zh": Words(
        ("日期", "通话日期"), ("时间", "开始时间"), ("通话开始时间", "起始时间"),
        ("主叫号码", "主叫"), ("被叫号码", "对方号码"), ("通话时长", "时长"), ("通话时长(秒)", "时长（秒）"), "时长(毫秒)",
        ("费用", "金额", "通话费"), ("呼叫类型", "方向"), ("主叫", "被叫"), ("合计", "总计"), "客户编号", "计费周期", "至",
        ("价格不含税", "价格含税"), _ENGLISH_MONTHS, "星期一 星期二 星期三 星期四 星期五 星期六 星期日", "月租费", "单价",
    ),
}  # fmt: skip
WORDS["us"] = WORDS["en"]
