# One image for every service: compose gives each its command.
FROM python:3.11-slim

RUN useradd --create-home --uid 10001 leadmill && install -d -o leadmill -g leadmill /data
WORKDIR /app
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY shared ./shared
COPY services ./services

USER leadmill
ENV LEADMILL_DATA=/data PYTHONUNBUFFERED=1
ENTRYPOINT ["python", "-m", "services.cli"]
CMD ["--help"]
